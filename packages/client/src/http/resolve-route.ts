import type { Route } from '../generated/routes.ts'
import { LatchkeyError } from './error.ts'

/** A route with its fields put in. */
export interface ResolvedRoute {
  method: string
  /** The path with its query. */
  path: string
  body?: object | undefined
}

/**
 * Puts fields into the path of a route, and the others into the query of a GET or the body of any other method.
 *
 * @param fields - without fields, or with path parameters alone, there is no body
 * @throws {LatchkeyError} `not_found` - a parameter would change the path
 */
export function resolveRoute(route: Route, fields?: object): ResolvedRoute {
  const rest: Record<string, unknown> = { ...fields }
  const [method = '', template = ''] = route.split(' ')
  const path = template.replace(/{(\w+)}/g, (_, name) => {
    const param = String(rest[name])
    delete rest[name]
    // An empty parameter, or one of dots, would vanish from the path: a call that ends one session would end all.
    if (/^\.{0,2}$/.test(param)) throw new LatchkeyError('not_found', 'Not found.', { status: 404 })
    return encodeURIComponent(param)
  })
  const given = Object.entries(rest).filter(([, value]) => value !== undefined)
  if (method === 'GET') return { method, path: given[0] ? `${path}?${printQuery(given)}` : path }
  return { method, path, body: given[0] || path === template ? fields && rest : undefined }
}

/** Prints a query. The `URLSearchParams` of React Native to 0.79 takes no pairs. */
function printQuery(pairs: [string, unknown][]): string {
  return pairs.map((pair) => pair.map((part) => encodeURIComponent(String(part))).join('=')).join('&')
}
