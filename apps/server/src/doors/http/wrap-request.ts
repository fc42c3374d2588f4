import type { MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'
import type { AppContext, AppEnv } from './app-env.ts'
import type { AllowOrigin } from './cors.ts'

const LOGGED_PATH_MAX_CHARACTERS = 200
/** The words in our own paths are shorter, and every secret is longer. */
const LOGGED_SEGMENT_MAX_CHARACTERS = 31

interface EnvelopeOptions {
  log: Logger
  allowOrigin: AllowOrigin
}

/**
 * Wraps every answer of the app in one step: cookies and other headers of the operation, CORS, the line in the log.
 *
 * It is one middleware instead of three, because every refresh passes it.
 */
export function createEnvelope(options: EnvelopeOptions): MiddlewareHandler<AppEnv> {
  const { log, allowOrigin } = options
  return async (c, next) => {
    const started = performance.now()
    const requestId = String(c.env.outgoing.getHeader('X-Request-Id'))
    c.set('requestId', requestId)
    await next()
    const { headers, status } = c.res
    for (const [name, value] of c.get('reply') ?? []) headers.append(name, value)
    allowOrigin(c.req.raw, headers)
    log.info(
      { requestId, method: c.req.raw.method, path: describePath(c), status, ms: roundedSince(started) },
      'request',
    )
  }
}

/** The path for the log: the pattern that matched, without the query. The path and the query may hold a secret. */
function describePath(c: AppContext): string {
  return c.get('route') ?? maskSecrets(c.req.path).slice(0, LOGGED_PATH_MAX_CHARACTERS)
}

/** An unknown path may be a mailed link with a typing error, so long segments are left out of the log. */
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
