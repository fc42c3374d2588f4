import { type CryptoKey, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import type { Context } from '../context.ts'
import { hasCanonicalSignature } from './canonical.ts'
import type { TokenClaims, TokenType } from './claims.ts'
import { audienceOf } from './issue-tokens.ts'

/** What a presented token turned out to be. */
export type TokenVerdict =
  | { status: 'valid'; claims: TokenClaims }
  /** Ours and of the wanted kind, but past its `exp`. */
  | { status: 'expired'; claims: TokenClaims }
  /** Ours, but of the other kind. */
  | { status: 'wrong_type' }
  | { status: 'invalid' }

interface VerifyingKey {
  algorithm: string
  key: CryptoKey
  type: TokenType
}

const INVALID: TokenVerdict = { status: 'invalid' }

/**
 * Verifies a token's signature, issuer, audience, kind and expiry.
 *
 * The key decides the algorithm and the kind; nothing in the token does.
 *
 * @param token - anything a caller sent
 * @param wanted - the kind the caller must present here
 */
export async function verifyToken(ctx: Context, token: string, wanted: TokenType): Promise<TokenVerdict> {
  const found = hasCanonicalSignature(token) ? await findVerifyingKey(ctx, token) : null
  if (!found) return INVALID
  const verdict = await verifyWith(ctx, token, found)
  if (verdict.status !== 'invalid' && found.type !== wanted) return { status: 'wrong_type' }
  return verdict
}

async function findVerifyingKey(ctx: Context, token: string): Promise<VerifyingKey | null> {
  const kid = readKeyId(token)
  if (kid === null) return null
  const derived = ctx.secrets['refresh-token'].accepted.get(kid)
  if (derived) return { algorithm: 'HS256', key: derived.key, type: 'refresh' }
  const signing = await ctx.keys.find(kid)
  return signing && { algorithm: signing.algorithm, key: signing.verifyKey, type: 'access' }
}

function readKeyId(token: string): string | null {
  try {
    return decodeProtectedHeader(token).kid ?? null
  } catch {
    return null
  }
}

async function verifyWith(
  ctx: Context,
  token: string,
  { algorithm, key, type }: VerifyingKey,
): Promise<TokenVerdict> {
  try {
    const { payload } = await jwtVerify<TokenClaims>(token, key, {
      algorithms: [algorithm],
      issuer: ctx.config.publicUrl,
      audience: audienceOf(ctx.config.publicUrl, type),
      requiredClaims: ['exp', 'sub', 'session'],
      currentDate: new Date(ctx.clock.epochSeconds() * 1000),
    })
    return payload.token_type === type ? { status: 'valid', claims: payload } : INVALID
  } catch (error) {
    // The expiry is checked last: a token that fails on it is ours in every other respect.
    if (error instanceof errors.JWTExpired && error.payload.token_type === type) {
      return { status: 'expired', claims: error.payload as unknown as TokenClaims }
    }
    if (error instanceof errors.JOSEError) return INVALID
    throw error
  }
}
