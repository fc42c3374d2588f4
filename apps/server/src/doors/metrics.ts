import { createHash, timingSafeEqual } from 'node:crypto'
import { DomainError } from '@latchkey/core'
import type { Hono } from 'hono'
import type { AppEnv } from './http/app-env.ts'
import { getBearerToken } from './http/bearer.ts'
import { addRoute } from './http/routes.ts'
import type { MetricsPage } from './telemetry/telemetry.ts'

/** Serves the metrics on the port of the server, to holders of the token. Without a token the path does not exist. */
export function mountMetrics(app: Hono<AppEnv>, page: MetricsPage | null): void {
  const token = page?.token ?? null
  if (page === null || token === null) return
  addRoute(app, {
    path: '/metrics',
    methods: {
      GET: async (c) => {
        requireToken(c.req.raw.headers.get('authorization'), token)
        return answerMetrics(page)
      },
    },
  })
}

/** Answers with the metrics. No cache may keep them. */
export async function answerMetrics(page: MetricsPage): Promise<Response> {
  const { type, text } = await page.render()
  return new Response(text, { headers: { 'Content-Type': type, 'Cache-Control': 'no-store' } })
}

/**
 * Compares the token of a header in constant time. The hashes have the same length, whatever was sent.
 *
 * @throws {DomainError} `not_authenticated` `bad_authorization_header` `token_not_valid`
 */
export function requireToken(header: string | null, token: string): void {
  const given = getBearerToken(header)
  if (!timingSafeEqual(digest(given), digest(token))) throw new DomainError('token_not_valid')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
