import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { transaction } from '../database/transaction.ts'
import { lockUser } from '../tables/locks.ts'
import { insertSteppedUp } from '../tables/sessions/step-up.ts'
import type { AuditDetails } from '../words/audit-kinds.ts'
import type { AuthenticationLevel, TokenPair } from '../words/claims.ts'
import { DomainError } from '../words/errors.ts'
import { newId, type SessionId } from '../words/ids.ts'
import type { Identity } from './identity.ts'
import { issueTokens } from './issue-tokens.ts'
import { recordEvent } from './record-event.ts'

/** A proof that was checked, and has not been used up. */
export interface CheckedProof {
  method: AuditDetails['reauthenticated']['method']
  /** The level that the proof gives. A session of a higher level keeps it. */
  acr: AuthenticationLevel
  /** The words of RFC 8176 for the proof, with blanks between them. */
  amr: string
  /** Uses the proof up by one statement; the row of the user is locked. False: it was used, or the user has changed. */
  use: (tx: Database) => Promise<boolean>
}

/**
 * Opens the successor of the caller's session after a proof. The session of before ends with the grace.
 *
 * The order of the locks is user, factor, session. A refusal rolls everything back, so nothing is spent for it.
 *
 * @returns the tokens of the successor; null when the proof could not be used, and nothing was written
 * @throws {DomainError} `token_not_valid` - the session has ended since the check; nothing was written
 * @see decision 117
 */
export async function stepUp(
  ctx: Context,
  identity: Identity,
  proof: CheckedProof,
): Promise<TokenPair | null> {
  const { userId, sessionId } = identity
  const { method, acr, amr } = proof
  const successorId = newId<SessionId>()
  const subject = await transaction(ctx.db, async (tx) => {
    if (!(await lockUser(tx, userId))) throw new DomainError('token_not_valid')
    if (!(await proof.use(tx))) return null
    const issuedAt = ctx.clock.epochSeconds()
    const opened = await insertSteppedUp(tx, ctx.clock, {
      userId,
      sessionId,
      successorId,
      acr,
      amr,
      graceSeconds: ctx.config.refreshGraceSeconds,
      idleSeconds: ctx.config.refreshTokenLifetimeSeconds,
    })
    if (!opened) throw new DomainError('token_not_valid')
    const event = { kind: 'reauthenticated', userId, by: 'self', sessionId: successorId } as const
    await recordEvent(ctx, tx, { ...event, details: { method } })
    return { ...opened, issuedAt }
  })
  return subject && issueTokens(ctx, subject)
}
