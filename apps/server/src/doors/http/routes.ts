import { DomainError } from '@latchkey/core'
import type { Hono } from 'hono'
import type { Place } from '../pages/html/index.ts'
import type { AppEnv, RouteHandler } from './app-env.ts'

/**
 * Serves one path: its methods, `HEAD` as `GET`, `OPTIONS`, and 405 with `Allow` for other methods.
 *
 * @param route.path - Hono's pattern, without a trailing slash
 * @param route.methods - handlers by method, in upper case
 * @param route.place - set when the path answers people with pages: its refusals are then pages too
 */
export function addRoute(
  app: Hono<AppEnv>,
  route: { path: string; methods: Record<string, RouteHandler>; place?: Place },
): void {
  const methods = new Map(Object.entries(route.methods))
  const get = methods.get('GET')
  if (get) methods.set('HEAD', get)
  const allow = [...methods.keys(), 'OPTIONS'].join(', ')
  methods.set('OPTIONS', () => new Response(null, { status: 204, headers: { Allow: allow } }))
  app.all(route.path, (c) => {
    c.set('route', route.path)
    c.set('place', route.place)
    const handler = methods.get(c.req.raw.method)
    if (handler) return handler(c)
    c.set('reply', new Headers({ Allow: allow }))
    throw new DomainError('method_not_allowed', { detail: `Method "${c.req.raw.method}" not allowed.` })
  })
}

/** Writes a path of the contract as Hono's pattern: `/sessions/{id}/` becomes `/sessions/:id`. */
export function toPattern(path: string): string {
  return path.replace(/\/$/, '').replaceAll(/\{(\w+)\}/g, ':$1')
}
