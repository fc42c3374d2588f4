import type { Hono } from 'hono'
import type { AppRouter } from '../../procedures/router.ts'
import { answerJson, answerNothing } from '../http/answers.ts'
import type { AppContext, AppEnv, RouteHandler } from '../http/app-env.ts'
import { addRoute, toPattern } from '../http/routes.ts'
import type { Place } from '../pages/html/index.ts'
import type { Places } from '../pages/places.ts'
import { isForPerson } from '../pages/refusal-view.ts'
import type { View } from '../pages/view.ts'
import type { RequestContext } from '../trpc/base.ts'
import { type Endpoint, listEndpoints } from './endpoints.ts'
import { readInput } from './read-input.ts'

interface RestOptions {
  router: AppRouter
  places: Places
  /** The prefix under which the paths are served too, or empty. */
  prefix: string
  createContext: (c: AppContext) => RequestContext
  views: Record<string, View>
}

/** Serves the procedures of the router at the REST paths of their metadata. */
export function mountRest(app: Hono<AppEnv>, options: RestOptions): void {
  const byPath = Map.groupBy(listEndpoints(options.router), (endpoint) => endpoint.path)
  for (const [path, endpoints] of byPath) {
    for (const prefix of new Set(['', options.prefix])) {
      const place = options.places.at(prefix)
      const handlers = endpoints.map((endpoint) => [endpoint.method, createHandler(endpoint, options, place)])
      const hasPages = endpoints.some((endpoint) => endpoint.procedurePath in options.views)
      addRoute(app, {
        path: prefix + toPattern(path),
        methods: Object.fromEntries(handlers),
        ...(hasPages && { place }),
      })
    }
  }
}

/** Calls the procedure itself. The procedure first authenticates the caller and then asks for the body. */
function createHandler(endpoint: Endpoint, options: RestOptions, place: Place): RouteHandler {
  const { procedure, procedurePath: path, status } = endpoint
  const { type } = procedure._def
  const view = options.views[path]
  return async (c) => {
    c.get('visit').door = view && isForPerson(c.req.raw) ? 'page' : 'rest'
    const context = options.createContext(c)
    let reading: Promise<unknown> | undefined
    const readInput = () => {
      reading ??= readRawInput(c, endpoint)
      return reading
    }
    const call = (): Promise<unknown> =>
      procedure({
        ctx: context,
        getRawInput: readInput,
        path,
        type,
        signal: undefined,
        batchIndex: 0,
      })
    if (view) {
      const site = options.places.localize(place, c.req.raw)
      return view({ c, context, site, call, readInput })
    }
    const output = await call()
    return output === undefined ? answerNothing() : answerJson(output, status)
  }
}

async function readRawInput(c: AppContext, endpoint: Endpoint): Promise<unknown> {
  const input = endpoint.method === 'GET' ? c.req.query() : await readInput(c.req.raw)
  const params = Object.fromEntries(endpoint.params.map((name) => [name, c.req.param(name)]))
  const isFields = typeof input === 'object' && input !== null && !Array.isArray(input)
  return input === undefined || isFields ? { ...input, ...params } : input
}
