import type { KeyObject } from 'node:crypto'
import { decodeProtectedHeader, errors, jwtVerify } from 'jose'
import type { Context } from '../context.ts'
import { hasCanonicalSignature } from '../services/keys/canonical-signature.ts'
import { verifyHs256 } from '../services/keys/hs256.ts'
import type { SigningKey } from '../services/keys/signing-key.ts'
import type { PresentedGeneration } from '../tables/sessions/rotate.ts'
import type { TokenClaims, TokenType } from '../words/claims.ts'
import { isId } from '../words/ids.ts'
import type { OldClaims } from '../words/old-token.ts'
import { audienceOf } from './issue-tokens.ts'

/** The result of {@link verifyToken}. */
export type TokenVerdict =
  | { status: 'valid'; claims: TokenClaims }
  /** A token of ours and of the wanted kind, past its `exp`. */
  | { status: 'expired'; claims: TokenClaims }
  /** A token of ours, of the other kind. */
  | { status: 'wrong_type' }
  /** A token of the wanted kind of the deployment from which users were moved in. */
  | { status: 'old'; claims: OldClaims; isExpired: boolean }
  | { status: 'invalid' }

/** The column of the generation has four bytes, and a statement adds 1 to it. */
const GENERATION_END = 2 ** 31 - 1

const INVALID: TokenVerdict = { status: 'invalid' }

/**
 * Verifies the signature, issuer, audience, kind and expiry of a token.
 *
 * The key that the token names decides the algorithm and the kind. Nothing else in the token decides them.
 */
export async function verifyToken(ctx: Context, token: string, wanted: TokenType): Promise<TokenVerdict> {
  if (!hasCanonicalSignature(token)) return INVALID
  const kid = readKeyId(token)
  if (kid === null) return verifyOld(ctx, token, wanted)
  const keys = ctx.secrets['refresh-token']
  const derived = keys.accepted.get(kid)
  if (derived) return requireKind('refresh', wanted, verifyRefresh(ctx, token, derived.key))
  const signing = await ctx.keys.find(kid)
  if (signing) return requireKind('access', wanted, await verifyAccess(ctx, token, signing))
  // Another server may have got a new secret a moment earlier.
  const late = await keys.find(kid)
  return late ? requireKind('refresh', wanted, verifyRefresh(ctx, token, late.key)) : INVALID
}

/** A token without a key id is none of ours. Without the settings of the other deployment nothing is computed for it. */
async function verifyOld(ctx: Context, token: string, wanted: TokenType): Promise<TokenVerdict> {
  const old = await ctx.oldTokens?.verify(token, ctx.clock.epochSeconds())
  if (!old) return INVALID
  return old.claims.tokenType === wanted ? { status: 'old', ...old } : { status: 'wrong_type' }
}

function readKeyId(token: string): string | null {
  try {
    return decodeProtectedHeader(token).kid ?? null
  } catch {
    return null
  }
}

/** Turns the verdict on a good token of the other kind into `wrong_type`. A bad token stays `invalid`. */
function requireKind(kind: TokenType, wanted: TokenType, verdict: TokenVerdict): TokenVerdict {
  return verdict.status !== 'invalid' && kind !== wanted ? { status: 'wrong_type' } : verdict
}

function verifyRefresh(ctx: Context, token: string, key: KeyObject): TokenVerdict {
  const claims = verifyHs256(token, key)
  const isOurs =
    claims?.token_type === 'refresh' &&
    claims.iss === ctx.config.publicUrl &&
    claims.aud === audienceOf(ctx.config.publicUrl, 'refresh') &&
    hasIds(claims) &&
    typeof claims.exp === 'number'
  if (!isOurs) return INVALID
  const verified = claims as unknown as TokenClaims
  return { status: verified.exp > ctx.clock.epochSeconds() ? 'valid' : 'expired', claims: verified }
}

async function verifyAccess(ctx: Context, token: string, key: SigningKey): Promise<TokenVerdict> {
  try {
    const { payload } = await jwtVerify<TokenClaims>(token, key.verifyKey, {
      algorithms: [key.algorithm],
      issuer: ctx.config.publicUrl,
      audience: audienceOf(ctx.config.publicUrl, 'access'),
      requiredClaims: ['exp', 'sub', 'session'],
      currentDate: new Date(ctx.clock.epochSeconds() * 1000),
    })
    return isAccess(payload) ? { status: 'valid', claims: payload } : INVALID
  } catch (error) {
    // The library checks the expiry last, so an expired token has passed every other check.
    if (error instanceof errors.JWTExpired && isAccess(error.payload)) {
      return { status: 'expired', claims: error.payload as unknown as TokenClaims }
    }
    if (error instanceof errors.JOSEError) return INVALID
    throw error
  }
}

function isAccess(claims: Record<string, unknown>): boolean {
  return claims.token_type === 'access' && hasIds(claims)
}

/** A good signature says that a key of ours was used. It does not say that the claims name rows of the database. */
function hasIds({ sub, session }: Record<string, unknown>): boolean {
  return typeof sub === 'string' && isId(sub) && typeof session === 'string' && isId(session)
}

/** Reads the user, the session and the generation of a verified refresh token; null when its generation cannot be stored. */
export function readPresented({ sub, session, generation }: TokenClaims): PresentedGeneration | null {
  const isStorable =
    Number.isInteger(generation) && Number(generation) >= 1 && Number(generation) < GENERATION_END
  return isStorable ? { userId: sub, sessionId: session, generation: Number(generation) } : null
}
