import type { MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'
import type { AllowOrigin } from './cors.ts'
import type { AppContext, AppEnv } from './env.ts'
import { readRequestId } from './request-id.ts'

const LOGGED_PATH_MAX_CHARACTERS = 200
/** Our own words are shorter, and every secret is longer. */
const LOGGED_SEGMENT_MAX_CHARACTERS = 31

interface EnvelopeOptions {
  log: Logger
  allowOrigin: AllowOrigin
  addSecurityHeaders: (headers: Headers) => void
}

/**
 * Wraps every answer in one step: request id, security headers, CORS and the line in the log.
 *
 * One middleware and not four, because it is on the path of every refresh.
 */
export function createEnvelope(options: EnvelopeOptions): MiddlewareHandler<AppEnv> {
  const { log, allowOrigin, addSecurityHeaders } = options
  return async (c, next) => {
    const started = performance.now()
    const requestId = readRequestId(c.req.raw)
    c.set('requestId', requestId)
    await next()
    const { headers, status } = c.res
    headers.set('X-Request-Id', requestId)
    for (const [name, value] of c.get('reply') ?? []) headers.append(name, value)
    addSecurityHeaders(headers)
    allowOrigin(c.req.raw, headers)
    log.info(
      { requestId, method: c.req.raw.method, path: describePath(c), status, ms: roundedSince(started) },
      'request',
    )
  }
}

/** Never the query, and the pattern where one matched: either may hold a secret. */
function describePath(c: AppContext): string {
  return c.get('route') ?? maskSecrets(c.req.path).slice(0, LOGGED_PATH_MAX_CHARACTERS)
}

/** A path that leads nowhere may be a mailed link with a slip in it: long segments are left out. */
function maskSecrets(path: string): string {
  const isPlain = (segment: string) => segment.length <= LOGGED_SEGMENT_MAX_CHARACTERS
  return path
    .split('/')
    .map((segment) => (isPlain(segment) ? segment : '*'))
    .join('/')
}

function roundedSince(started: number): number {
  return Math.round((performance.now() - started) * 10) / 10
}
