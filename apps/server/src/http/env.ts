import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Site } from '../pages/index.ts'

/** What the handlers of the app share; the bindings are missing when a test calls the app in its own process. */
export interface AppEnv {
  Bindings: Partial<HttpBindings>
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

/** A request under way. */
export type AppContext = Context<AppEnv>

/** Answers a request that has found its route. */
export type RouteHandler = (c: AppContext) => Response | Promise<Response>
