import { createHash } from 'node:crypto'
import type { Context } from '../../context.ts'
import { retryContended } from '../../database/transaction.ts'
import { countRefresh } from '../../steps/count-calls.ts'
import { issueTokens } from '../../steps/issue-tokens.ts'
import { presentOld, readGoodRefresh } from '../../steps/present-refresh.ts'
import { type RefreshProof, readRefreshProof } from '../../steps/refresh-proof.ts'
import { readPresented, type TokenVerdict, verifyToken } from '../../steps/verify-token.ts'
import {
  type PresentedGeneration,
  type PresentedRefresh,
  rotateSession,
} from '../../tables/sessions/rotate.ts'
import type { TokenPair, TokenSubject } from '../../words/claims.ts'
import { DomainError } from '../../words/errors.ts'
import type { OldClaims } from '../../words/old-token.ts'
import { TOKEN_EXPIRED } from '../../words/sentences.ts'
import { exchangeOldToken } from './exchange-old-token.ts'
import { explainRefusal } from './explain-refusal.ts'
import { withPunctualGrace } from './late-rotation.ts'
import { requireBoundSession } from './require-bound-session.ts'

/** The grace can end between the two statements of one attempt. Then the rotation is tried again. */
const ATTEMPTS = 3
/** So much of the hash of a caller's key is stored. It is no credential, because a key counts only beside its token. */
const ROTATION_KEY_BYTES = 16

interface Refresh {
  presented: PresentedRefresh
  old: OldClaims | null
  proof: RefreshProof
}

type OldRefresh = Extract<TokenVerdict, { status: 'old' }>

/**
 * Exchanges a refresh token for a new pair of tokens, and detects stolen refresh tokens.
 *
 * One conditional statement rotates. If it changed nothing, a second statement finds the reason. Within the grace, the
 * current token and the one before it both get the current generation again, so answers may be lost or arrive in any
 * order. An older token proves that two parties hold the session, so the session ends. A token newer than the row proves
 * that the database was put back to an earlier time, and the rotation is repeated.
 *
 * A caller can show that a late retry is its own, and then gets the current generation again: by the key that the session
 * is bound to, also with an expired token, or by the `Idempotency-Key` with which it asked for the lost answer.
 *
 * A token of the deployment from which users were moved in is the generation 0 of its session, so the same rules decide
 * about it.
 *
 * @param input.idempotencyKey - 16 to 128 visible characters, made for one refresh; null or not given: none
 * @throws {DomainError} `token_not_valid` - forged, expired or unknown; or replayed, and then the session was ended
 * @throws {DomainError} `session_expired` - past `SESSION_LIFETIME`
 * @throws {DomainError} `email_not_verified` - see {@link mustVerify}; nothing was written, and the token goes on to work
 *   once the address is verified
 * @throws {DomainError} `invalid_refresh_proof` `use_dpop_nonce` - the session is bound to a key that was not proven; the
 *   session is as before
 * @throws {DomainError} `idempotency_key_reused` - the key made the presented token; nothing was written
 * @throws {DomainError} `throttled` - too many refreshes of this session, or too many invalid or expired tokens from
 *   this client
 * @see RFC 9700 section 4.14
 * @see decision 130
 * @see decision 139
 */
export async function refreshSession(
  ctx: Context,
  input: { refresh: string; idempotencyKey?: string | null },
): Promise<TokenPair> {
  const { isExpired, old, ...named } = await requireRefreshToken(ctx, input.refresh)
  if (isExpired) await requireBoundSession(ctx, named)
  const proof = await readRefreshProof(ctx)
  const presented = { ...named, rotationKey: hashKey(input.idempotencyKey ?? null), jkt: proof.jkt }
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const issuedAt = ctx.clock.epochSeconds()
    const subject = await rotateOrExplain(ctx, { presented, old, proof })
    if (subject) return issueTokens(ctx, { ...subject, issuedAt })
  }
  throw new DomainError('token_not_valid')
}

/** What a refresh token names. */
interface Named extends PresentedGeneration {
  begun: number
  isExpired: boolean
  /** What a token of the deployment says from which users were moved in; null for a token of ours. */
  old: OldClaims | null
}

async function requireRefreshToken(ctx: Context, token: string): Promise<Named> {
  const verdict = await verifyToken(ctx, token, 'refresh')
  await countRefresh(ctx, readGoodRefresh(verdict)?.sessionId ?? null)
  if (verdict.status === 'wrong_type')
    throw new DomainError('token_not_valid', { detail: 'Token has wrong type' })
  if (verdict.status === 'old') return requireOld(ctx, verdict)
  const presented = verdict.status !== 'invalid' && readPresented(verdict.claims)
  if (!presented) throw new DomainError('token_not_valid', { detail: 'Token is invalid' })
  const { session_iat: begun } = verdict.claims
  return { ...presented, begun, isExpired: verdict.status === 'expired', old: null }
}

/** A token of a session that waits for another one is refused and ends nothing: the other deployment may have made it. */
async function requireOld(ctx: Context, { claims, isExpired }: OldRefresh): Promise<Named> {
  if (isExpired) throw new DomainError('token_not_valid', { detail: TOKEN_EXPIRED })
  const presented = await presentOld(ctx, claims, { anyToken: false })
  if (!presented) throw new DomainError('token_not_valid')
  return { ...presented, begun: claims.begun, isExpired: false, old: claims }
}

function hashKey(key: string | null): string | null {
  return key === null
    ? null
    : createHash('sha256').update(key).digest().subarray(0, ROTATION_KEY_BYTES).toString('hex')
}

async function rotateOrExplain(
  ctx: Context,
  { presented, old, proof }: Refresh,
): Promise<TokenSubject | null> {
  const change = () => (old ? exchangeOldToken(ctx, presented, old) : rotate(ctx, presented))
  return (await withPunctualGrace(ctx, presented, change)) ?? (await explainRefusal(ctx, presented, proof))
}

function rotate(ctx: Context, presented: PresentedRefresh): Promise<TokenSubject | null> {
  const values = {
    ...presented,
    graceSeconds: ctx.config.refreshGraceSeconds,
    idleSeconds: ctx.config.refreshTokenLifetimeSeconds,
    verifiedOnly: ctx.config.emailVerification === 'mandatory',
    ip: ctx.client.ip,
  }
  return retryContended(() => rotateSession(ctx.db, ctx.clock, values))
}
