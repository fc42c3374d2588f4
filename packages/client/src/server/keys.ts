import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'
import { startStopwatch } from '../http/clock.ts'

/** The source of the public keys, and how long they are kept. */
export interface KeyOptions {
  url: URL
  fetch: typeof fetch
  cacheMaxAgeSeconds: number
  /** The shortest time between two fetches for an unknown key, and between two requests to a server that is down. */
  cooldownSeconds: number
}

const TIMEOUT_MILLISECONDS = 5_000
/** While the auth server is down, the last known keys verify for this time beyond their own. */
const MAX_STALE_MILLISECONDS = 3_600_000

/** Published keys, and the time since they were fetched. */
interface Known {
  find: JWTVerifyGetKey
  age: () => number
}

/**
 * Creates the key source: it fetches the published keys (JWKS), keeps them, and fetches again for an unknown `kid`.
 *
 * While the auth server is down, the last known keys verify, and a request does not wait for the auth server.
 */
export function createKeys(options: KeyOptions): JWTVerifyGetKey {
  const maxAge = options.cacheMaxAgeSeconds * 1000
  const cooldown = options.cooldownSeconds * 1000
  // It only fetches. Its own lifetimes follow the local clock: set back, that clock would hide every rotated key.
  const remote = createRemoteJWKSet(options.url, {
    timeoutDuration: TIMEOUT_MILLISECONDS,
    [customFetch]: options.fetch,
  })
  let known: Known | null = null
  let failure: { cause: unknown; age: () => number } | null = null

  const isDown = () => failure !== null && failure.age() < cooldown

  /** Fetches the keys; keeps the known ones when that fails. */
  async function load(): Promise<void> {
    try {
      await remote.reload()
      known = { find: createLocalJWKSet(remote.jwks() ?? { keys: [] }), age: startStopwatch() }
      failure = null
    } catch (cause) {
      failure = { cause, age: startStopwatch() }
    }
  }

  async function findKeys(): Promise<Known> {
    if (known === null || (known.age() >= maxAge && !isDown())) await load()
    if (known === null || known.age() > maxAge + MAX_STALE_MILLISECONDS) throw failure?.cause
    return known
  }

  return async (header, token) => {
    const keys = await findKeys()
    try {
      return await keys.find(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      if (!isDown() && keys.age() < cooldown) throw error
      if (!isDown()) await load()
      // The auth server may have published this key since then, so the token is not refused.
      if (failure) throw failure.cause
      return (known ?? keys).find(header, token)
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
