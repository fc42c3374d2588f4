import type { Hono } from 'hono'
import { answerJson, answerNothing } from './http/answers.ts'
import type { AppContext, AppEnv, RouteHandler } from './http/env.ts'
import { addRoute } from './http/routes.ts'
import { type Endpoint, listEndpoints } from './rest/endpoints.ts'
import { readInput } from './rest/input.ts'
import type { AppRouter } from './router.ts'
import type { RequestContext } from './trpc.ts'

interface RestOptions {
  router: AppRouter
  /** Where the paths are served as well as at the root, or empty. */
  prefix: string
  createContext: (c: AppContext) => RequestContext
}

/** Serves the procedures of the router as the REST paths their metadata names. */
export function mountRest(app: Hono<AppEnv>, options: RestOptions): void {
  const byPath = Map.groupBy(listEndpoints(options.router), (endpoint) => endpoint.path)
  for (const [path, endpoints] of byPath) {
    const methods = Object.fromEntries(
      endpoints.map((endpoint) => [endpoint.method, createHandler(endpoint, options.createContext)]),
    )
    const pattern = path.replace(/\/$/, '').replaceAll(/\{(\w+)\}/g, ':$1')
    addRoute(app, { path: pattern, methods })
    if (options.prefix) addRoute(app, { path: options.prefix + pattern, methods })
  }
}

/** Calls the procedure itself: the body is read when the procedure asks for it, after it knows who calls. */
function createHandler(endpoint: Endpoint, createContext: (c: AppContext) => RequestContext): RouteHandler {
  const { procedure, procedurePath: path, status } = endpoint
  const { type } = procedure._def
  return async (c) => {
    const output: unknown = await procedure({
      ctx: createContext(c),
      getRawInput: () => readRawInput(c, endpoint),
      path,
      type,
      signal: undefined,
      batchIndex: 0,
    })
    return status === 204 ? answerNothing() : answerJson(output, status)
  }
}

async function readRawInput(c: AppContext, endpoint: Endpoint): Promise<unknown> {
  const input = await readInput(c.req.raw)
  if (endpoint.params.length === 0) return input
  const params = Object.fromEntries(endpoint.params.map((name) => [name, c.req.param(name)]))
  const isFields = typeof input === 'object' && input !== null && !Array.isArray(input)
  return input === undefined || isFields ? { ...input, ...params } : input
}
