import type { Logger } from 'pino'

const ORIGIN_MAX_CHARACTERS = 200
/** The origins that are remembered. A stranger could otherwise fill the memory with made-up origins. */
const MAX_REPORTED = 100

/**
 * Makes the function that tells a developer, once per origin, why a browser hides our answers from a page.
 *
 * The browser's own message names no setting of this server. It is for development alone: in production the log would
 * belong to strangers.
 */
export function createOriginReporter(
  log: Pick<Logger, 'warn'>,
  publicUrl: string,
): (origin: string, request: Request) => void {
  const known = new Set([new URL(publicUrl).origin])
  return (origin, request) => {
    // A page of this server under another name, such as 127.0.0.1 for localhost, reads its answers without CORS.
    const isOwnPage = origin.endsWith(`://${new URL(request.url).host}`)
    // A page without an origin cannot be allowed: every sandboxed frame has the same.
    const isNamed = origin !== 'null' && origin.length <= ORIGIN_MAX_CHARACTERS
    if (isOwnPage || !isNamed || known.has(origin) || known.size > MAX_REPORTED) return
    known.add(origin)
    log.warn(
      { origin },
      `a page of ${origin} called, and its browser hides the answer; add the origin to CORS_ORIGINS to allow it`,
    )
  }
}
