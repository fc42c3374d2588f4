import { MAX_TIMER_SECONDS, type NumberNames, type NumberOption, readNumbers } from '../http/number-option.ts'
import { type Identity, readIdentity } from './identity.ts'
import { errors, jwtVerify } from './jose.ts'
import { createKeys, requireKeyId } from './keys.ts'
import { CLOCK_TOLERANCE } from './recent-authentication.ts'
import { AccessRefusal } from './refusal.ts'
import { hasCanonicalSignature } from './spelling.ts'

/** Options of {@link createVerifier}. */
export interface VerifierOptions {
  /** The `PUBLIC_URL` of the auth server, exactly: `https://auth.example.com`. */
  issuer: string
  /** The required `aud` of a token; the issuer unless given. */
  audience?: string
  /** The URL of the public keys; `/.well-known/jwks.json` of the issuer unless given. */
  jwksUrl?: string
  /** The accepted signature algorithms; `ES256`, `EdDSA` and `RS256` unless given. */
  algorithms?: ('ES256' | 'EdDSA' | 'RS256')[]
  /** The largest accepted difference of the clocks; 0 to 3600, 5 unless given. */
  clockToleranceSeconds?: number
  /**
   * The time for which keys are kept; 0 to `Infinity`, 600 unless given.
   *
   * With `Infinity` keys are fetched again for an unknown key only. A key that was withdrawn is then accepted for ever.
   */
  cacheMaxAgeSeconds?: number
  /** The shortest time between two fetches for an unknown key; 0 to 2147483, 30 unless given. */
  cooldownSeconds?: number
  fetch?: typeof fetch
}

/** Verifies access tokens without a request to the auth server per token. */
export interface Verifier {
  /** The largest accepted difference of the clocks, which the guards apply too. */
  readonly clockToleranceSeconds?: number
  /**
   * Verifies signature, algorithm, issuer, audience, type and expiry of an access token.
   *
   * A token has one spelling and names its key, as on the auth server. To refuse single tokens, list their `jti`.
   *
   * The token of an ended session is accepted until it expires.
   *
   * @throws {AccessRefusal} `token_not_valid`; `unavailable` - the keys could not be fetched
   */
  verify(token: string): Promise<Identity>
  /**
   * Verifies the access token of an `Authorization` header.
   *
   * @throws {AccessRefusal} as `verify`; `not_authenticated` - there is no bearer token; `bad_authorization_header`
   */
  authenticate(authorization: string | null | undefined): Promise<Identity>
}

/** The options that are numbers. */
export const VERIFIER_NUMBERS: Readonly<Record<NumberNames<VerifierOptions>, NumberOption>> = {
  // A larger tolerance would accept tokens long after they expired.
  clockToleranceSeconds: CLOCK_TOLERANCE,
  cacheMaxAgeSeconds: { fallback: 600, min: 0, max: Number.POSITIVE_INFINITY },
  cooldownSeconds: { fallback: 30, min: 0, max: MAX_TIMER_SECONDS },
}

/**
 * Creates a verifier. A service needs one, because the verifier keeps the keys.
 *
 * @throws {RangeError} a number among the options is out of its bounds
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const numbers = readNumbers(options, VERIFIER_NUMBERS)
  const issuer = options.issuer.replace(/\/+$/, '')
  const published = createKeys({
    url: new URL(options.jwksUrl ?? `${issuer}/.well-known/jwks.json`),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    cacheMaxAgeSeconds: numbers.cacheMaxAgeSeconds,
    cooldownSeconds: numbers.cooldownSeconds,
  })
  const checks = {
    issuer,
    audience: options.audience ?? issuer,
    // A fixed list, because a token must not choose how it is verified.
    algorithms: options.algorithms ?? ['ES256', 'EdDSA', 'RS256'],
    clockTolerance: numbers.clockToleranceSeconds,
    requiredClaims: ['exp', 'sub', 'session', 'token_type'],
  }

  const keys = requireKeyId(published)

  async function verify(token: string): Promise<Identity> {
    if (!hasCanonicalSignature(token))
      refuse(new errors.JWSInvalid('the signature is not in canonical base64url'))
    const claims = await jwtVerify(token, keys, checks).then(({ payload }) => payload, refuse)
    if (claims.token_type !== 'access')
      throw new AccessRefusal('token_not_valid', { fault: 'Token has wrong type' })
    return readIdentity(claims) ?? refuse(new errors.JWTInvalid('a claim is missing or malformed'))
  }

  const { clockToleranceSeconds } = numbers
  const authenticate = async (authorization: string | null | undefined) => verify(readBearer(authorization))
  return { clockToleranceSeconds, verify, authenticate }
}

/** Throws the refusal of a failed verification; an error that is not about the token means that no key was had. */
function refuse(cause: unknown): never {
  if (cause instanceof errors.JWTExpired)
    throw new AccessRefusal('token_not_valid', { fault: 'Token is expired', cause })
  const isUnavailable = !(cause instanceof errors.JOSEError) || UNAVAILABLE.has(cause.code)
  if (isUnavailable) throw new AccessRefusal('unavailable', { cause })
  throw new AccessRefusal('token_not_valid', { fault: 'Token is invalid', cause })
}

const UNAVAILABLE = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'])

function readBearer(authorization: string | null | undefined): string {
  const words = (authorization ?? '').trim().split(/\s+/)
  if (words[0]?.toLowerCase() !== 'bearer') throw new AccessRefusal('not_authenticated')
  const [, token] = words
  if (words.length !== 2 || !token) throw new AccessRefusal('bad_authorization_header')
  return token
}
