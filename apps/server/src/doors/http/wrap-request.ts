import type { MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { openVisit } from '../telemetry/visit.ts'
import type { AppContext, AppEnv } from './app-env.ts'
import type { AllowOrigin } from './cors.ts'
import type { TrustedProxies } from './forwarded.ts'
import { findParent } from './request-id.ts'

/** The lowest status that is no success. */
const FIRST_REFUSAL = 400
const LOGGED_PATH_MAX_CHARACTERS = 200
/** The words in our own paths are shorter, and every secret is longer. */
const LOGGED_SEGMENT_MAX_CHARACTERS = 31

interface EnvelopeOptions {
  log: Logger
  allowOrigin: AllowOrigin
  telemetry: Telemetry
  trustedProxies: TrustedProxies
  /** Makes the nonce for the next proof of a caller. */
  proofNonce: () => string
  /** The share of successes that get a line in the log, from 0 to 1. */
  sampleSuccess: number
}

/**
 * Wraps every answer of the app in one step: cookies and other headers of the operation, the nonce for the next proof, CORS,
 * the line in the log.
 *
 * It is one middleware instead of three, because every refresh passes it.
 */
export function createEnvelope(options: EnvelopeOptions): MiddlewareHandler<AppEnv> {
  const { log, allowOrigin, telemetry, trustedProxies, sampleSuccess, proofNonce } = options
  return async (c, next) => {
    const started = performance.now()
    const requestId = String(c.env.outgoing.getHeader('X-Request-Id'))
    c.set('requestId', requestId)
    c.set('visit', openVisit(telemetry, findParent(c.req.raw, readPeer(c), trustedProxies)))
    await next()
    const { headers, status } = c.res
    for (const [name, value] of c.get('reply') ?? []) headers.append(name, value)
    if (c.req.raw.headers.has('dpop')) headers.set('DPoP-Nonce', proofNonce())
    allowOrigin(c.req.raw, headers)
    const milliseconds = performance.now() - started
    tellOfNoOperation(c, milliseconds / 1000)
    const { traceId, hasRefused } = c.get('visit')
    // A refusal or a fault is never left out.
    const isSuccess = status < FIRST_REFUSAL && !hasRefused
    if (isSuccess && Math.random() >= sampleSuccess) return
    const ms = Math.round(milliseconds * 10) / 10
    const { method } = c.req.raw
    log.info(
      { requestId, ...(traceId !== null && { traceId }), method, path: describePath(c), status, ms },
      'request',
    )
  }
}

function readPeer(c: AppContext): string | undefined {
  return c.env.incoming.socket.remoteAddress
}

/** Tells of a request that reached no operation. Its path is not told: callers make up as many paths as they like. */
function tellOfNoOperation(c: AppContext, seconds: number): void {
  const { telemetry, hasReached, door, code } = c.get('visit')
  if (hasReached) return
  const isKnown = c.get('route') !== undefined || door === 'trpc'
  telemetry.ended({ operation: isKnown ? 'other' : 'unknown', door, status: c.res.status, code, seconds })
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
