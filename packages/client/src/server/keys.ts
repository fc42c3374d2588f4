import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'

/** Where the public keys come from and how long they are good. */
export interface KeyOptions {
  url: URL
  fetch: typeof fetch
  cacheMaxAgeSeconds: number
  /** Between two fetches because of an unknown key, and between two tries at a server that is down. */
  cooldownSeconds: number
}

const TIMEOUT_MILLISECONDS = 5_000
/** While the auth server is down, keys it published go on verifying for so long. */
const MAX_STALE_MILLISECONDS = 3_600_000

/**
 * Fetches the published keys, keeps them, and looks again when a token names another.
 *
 * When the auth server is down, the keys last seen go on for a while, without waiting for it at each request.
 */
export function createKeys({ url, fetch, cacheMaxAgeSeconds, cooldownSeconds }: KeyOptions): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(url, {
    cacheMaxAge: cacheMaxAgeSeconds * 1000,
    cooldownDuration: cooldownSeconds * 1000,
    timeoutDuration: TIMEOUT_MILLISECONDS,
    [customFetch]: fetch,
  })
  let seenAt = 0
  let down: { until: number; cause: unknown } = { until: 0, cause: null }

  async function fromStale(...[header, token]: Parameters<JWTVerifyGetKey>) {
    const known = remote.jwks()
    if (!known || Date.now() - seenAt > MAX_STALE_MILLISECONDS) return null
    return createLocalJWKSet(known)(header, token).catch((error: unknown) => {
      // It may have been published since.
      throw error instanceof errors.JWKSNoMatchingKey ? down.cause : error
    })
  }

  return async (header, token) => {
    if (Date.now() < down.until) {
      const key = await fromStale(header, token)
      if (key) return key
    }
    try {
      const key = await remote(header, token)
      if (remote.fresh) seenAt = Date.now()
      return key
    } catch (error) {
      if (isOfToken(error)) throw error
      down = { until: Date.now() + cooldownSeconds * 1000, cause: error }
      const key = await fromStale(header, token)
      if (key) return key
      throw error
    }
  }
}

/** Whether the token is to blame: it names a key that is not there, that nobody can use, or none of several. */
function isOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  )
}
