import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from './jose.ts'

/** The source of the public keys, and how long they are kept. */
export interface KeyOptions {
  url: URL
  fetch: typeof fetch
  cacheMaxAgeSeconds: number
  /** The shortest time between two fetches for an unknown key, and between two requests to a server that is down. */
  cooldownSeconds: number
}

const TIMEOUT_MILLISECONDS = 5_000
/** While the auth server is down, the last known keys verify for this time. */
const MAX_STALE_MILLISECONDS = 3_600_000

/**
 * Creates the key source: it fetches the published keys (JWKS), keeps them, and fetches again for an unknown `kid`.
 *
 * While the auth server is down, the last known keys verify, and a request does not wait for the auth server.
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

  async function findStaleKey(...[header, token]: Parameters<JWTVerifyGetKey>) {
    const known = remote.jwks()
    if (!known || Date.now() - seenAt > MAX_STALE_MILLISECONDS) return null
    return createLocalJWKSet(known)(header, token).catch((error: unknown) => {
      // The auth server may have published this key since then, so the token is not refused.
      throw error instanceof errors.JWKSNoMatchingKey ? down.cause : error
    })
  }

  return async (header, token) => {
    if (Date.now() < down.until) {
      const key = await findStaleKey(header, token)
      if (key) return key
    }
    try {
      const key = await remote(header, token)
      if (remote.fresh) seenAt = Date.now()
      return key
    } catch (error) {
      if (isTokenFault(error)) throw error
      down = { until: Date.now() + cooldownSeconds * 1000, cause: error }
      const key = await findStaleKey(header, token)
      if (key) return key
      throw error
    }
  }
}

/**
 * Refuses a token that names no key, as the auth server does.
 *
 * Without a name the key would be chosen by the algorithm of the token, and of several published keys one always fits.
 *
 * @throws {errors.JWKSNoMatchingKey} by the returned function
 */
export function requireKeyId(keys: JWTVerifyGetKey): JWTVerifyGetKey {
  return async (header, token) => {
    if (typeof header?.kid !== 'string') throw new errors.JWKSNoMatchingKey()
    return keys(header, token)
  }
}

/** Answers whether the token is at fault: it names an unknown or unusable key, or no key where there are several. */
function isTokenFault(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  )
}
