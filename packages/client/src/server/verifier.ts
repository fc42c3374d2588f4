import { errors, jwtVerify } from 'jose'
import { type Identity, readIdentity } from './identity.ts'
import { createKeys } from './keys.ts'
import { AccessRefusal } from './refusal.ts'

/** What {@link createVerifier} is made with. */
export interface VerifierOptions {
  /** The `PUBLIC_URL` of the auth server, exactly: `https://auth.example.com`. */
  issuer: string
  /** For whom tokens must be; the issuer, unless given. */
  audience?: string
  /** Where the keys are; `/.well-known/jwks.json` of the issuer, unless given. */
  jwksUrl?: string
  /** Which signatures count; `ES256`, `EdDSA` and `RS256`, unless given. */
  algorithms?: ('ES256' | 'EdDSA' | 'RS256')[]
  /** How far the clocks may be apart; 5, unless given. */
  clockToleranceSeconds?: number
  /** How long keys are kept; 600, unless given. */
  cacheMaxAgeSeconds?: number
  /** Between two fetches because of an unknown key; 30, unless given. */
  cooldownSeconds?: number
  fetch?: typeof fetch
}

/** Verifies access tokens without asking the auth server each time. */
export interface Verifier {
  /**
   * Verifies signature, algorithm, issuer, audience, kind and expiry.
   *
   * A session that was ended is noticed when its token expires.
   *
   * @throws {AccessRefusal} `token_not_valid`, or `unavailable` when the keys cannot be had
   */
  verify(token: string): Promise<Identity>
  /**
   * The same for an `Authorization` header.
   *
   * @throws {AccessRefusal} also `not_authenticated` and `bad_authorization_header`
   */
  authenticate(authorization: string | null | undefined): Promise<Identity>
}

/** Makes a verifier; one for the whole service, because it keeps the keys. */
export function createVerifier(options: VerifierOptions): Verifier {
  const issuer = options.issuer.replace(/\/+$/, '')
  const keys = createKeys({
    url: new URL(options.jwksUrl ?? `${issuer}/.well-known/jwks.json`),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    cacheMaxAgeSeconds: options.cacheMaxAgeSeconds ?? 600,
    cooldownSeconds: options.cooldownSeconds ?? 30,
  })
  const checks = {
    issuer,
    audience: options.audience ?? issuer,
    // Named here, because a token must not choose how it is verified.
    algorithms: options.algorithms ?? ['ES256', 'EdDSA', 'RS256'],
    clockTolerance: options.clockToleranceSeconds ?? 5,
    requiredClaims: ['exp', 'sub', 'session', 'token_type'],
  }

  async function verify(token: string): Promise<Identity> {
    const claims = await jwtVerify(token, keys, checks).then(({ payload }) => payload, refuse)
    if (claims.token_type !== 'access')
      throw new AccessRefusal('token_not_valid', { fault: 'Token has wrong type' })
    return readIdentity(claims) ?? refuse(new errors.JWTInvalid('a claim is missing'))
  }

  return { verify, authenticate: async (authorization) => verify(readBearer(authorization)) }
}

/** A fault of the token is told; anything else means that the keys could not be had. */
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
