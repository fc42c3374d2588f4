import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from 'hono'
import type { Place } from '../pages/html/index.ts'
import type { Visit } from '../telemetry/visit.ts'

/** The request as Node has it, with the headers of its answer so far. */
export interface Bindings {
  incoming: IncomingMessage
  outgoing: ServerResponse
  /** Whether the server is about to stop. It still serves, and balancers should send no more. */
  isLeaving: boolean
}

export interface AppEnv {
  Bindings: Bindings
  Variables: {
    requestId: string
    visit: Visit
    /** The path for the log: the pattern that matched, because a path may hold a secret. */
    route: string | undefined
    /** Headers that an operation set, for its answer and its refusal. They are mostly cookies. */
    reply: Headers | undefined
    /** The place whose page this path answers. A refusal is then shown to a person as a page. */
    place: Place | undefined
  }
}

export type AppContext = Context<AppEnv>

export type RouteHandler = (c: AppContext) => Response | Promise<Response>
