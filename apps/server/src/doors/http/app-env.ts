import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from 'hono'
import type { Site } from '../pages/html/index.ts'

/** What Node holds of a request, with the headers of its answer so far. */
export interface Bindings {
  incoming: IncomingMessage
  outgoing: ServerResponse
}

export interface AppEnv {
  Bindings: Bindings
  Variables: {
    requestId: string
    /** What the log calls the path: the pattern that matched, since a path may hold a secret. */
    route: string | undefined
    /** Headers an operation asked for along the way, refused or not; cookies above all. */
    reply: Headers | undefined
    /** The site whose page this path answers, so that a person is told of a refusal by one. */
    site: Site | undefined
  }
}

export type AppContext = Context<AppEnv>

export type RouteHandler = (c: AppContext) => Response | Promise<Response>
