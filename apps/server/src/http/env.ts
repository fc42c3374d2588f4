import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from 'hono'

/** What Node holds of a request, with the headers of its answer so far. */
export interface Bindings {
  incoming: IncomingMessage
  outgoing: ServerResponse
}

/** What the handlers of the app share. */
export interface AppEnv {
  Bindings: Bindings
  Variables: {
    requestId: string
    /** What the log calls the path: the pattern that matched, since a path may hold a secret. */
    route: string | undefined
    /** Headers an operation asked for along the way, refused or not; cookies above all. */
    reply: Headers | undefined
  }
}

/** A request under way. */
export type AppContext = Context<AppEnv>

/** Answers a request that has found its route. */
export type RouteHandler = (c: AppContext) => Response | Promise<Response>
