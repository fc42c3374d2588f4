import { DomainError } from '@latchkey/core'
import type { Hono } from 'hono'
import { toRefusal } from '../errors.ts'
import { answerRefusal } from './answers.ts'
import type { AppEnv, RouteHandler } from './env.ts'

/**
 * Serves one path: its methods, `HEAD` as `GET`, `OPTIONS`, and 405 with `Allow` for the rest.
 *
 * @param route.path - Hono's pattern, without a trailing slash
 * @param route.methods - handlers by method, in upper case
 */
export function addRoute(
  app: Hono<AppEnv>,
  route: { path: string; methods: Record<string, RouteHandler> },
): void {
  const methods = new Map(Object.entries(route.methods))
  const get = methods.get('GET')
  if (get) methods.set('HEAD', get)
  const allow = [...methods.keys(), 'OPTIONS'].join(', ')
  methods.set('OPTIONS', () => new Response(null, { status: 204, headers: { Allow: allow } }))
  app.all(route.path, (c) => {
    c.set('route', route.path)
    const handler = methods.get(c.req.raw.method)
    return handler ? handler(c) : refuseMethod(c.req.raw.method, allow)
  })
}

function refuseMethod(method: string, allow: string): Response {
  const refusal = toRefusal(
    new DomainError('method_not_allowed', { detail: `Method "${method}" not allowed.` }),
  )
  return answerRefusal(refusal, { Allow: allow })
}
