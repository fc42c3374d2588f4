import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { transaction } from '../../database/transaction.ts'
import { findTotpStep, readTotpCode } from '../../services/second-factor/totp.ts'
import { openTotpSecret } from '../../services/second-factor/totp-secret.ts'
import { endExcessSessions } from '../../steps/end-excess-sessions.ts'
import { type FactorCaller, type FactorOwner, getFactorOwner } from '../../steps/factor-owner.ts'
import { finishConnection } from '../../steps/finish-connection.ts'
import { issueTokens } from '../../steps/issue-tokens.ts'
import type { OpenedSession } from '../../steps/open-session.ts'
import { type CompleteSignIn, openSession } from '../../steps/open-session.ts'
import { queueFactorMail } from '../../steps/queue-factor-mail.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { turnOnSecondFactor } from '../../steps/turn-second-factor.ts'
import { takeChallenge } from '../../tables/ceremonies/challenges.ts'
import { lockSession } from '../../tables/locks.ts'
import { raiseSession } from '../../tables/sessions/levels.ts'
import {
  confirmPendingSecret,
  findPendingSecret,
  findTotpFactor,
} from '../../tables/totp-factors/statements.ts'
import { changeSecurity } from '../../tables/users/change.ts'
import type { TokenPair } from '../../words/claims.ts'
import { DomainError } from '../../words/errors.ts'
import { describeCodeLevel, TOTP_WORDS } from '../../words/proven-levels.ts'

/** What an activation gives. */
export interface TotpActivation {
  /** Shown once. Null when the second factor was on before. */
  recoveryCodes: string[] | null
  /** The tokens of a sign-in that had to set a factor up; null for a caller with a session. */
  tokens: TokenPair | null
}

/** A pending secret whose code was right. */
interface Proof {
  seen: string
  step: number
}

/**
 * Puts an authenticator app in force by its first code.
 *
 * The first factor turns the second step on: every other session with one factor ends, and the session of the caller has
 * two from now on. The epoch of the user moves, so a sign-in and a challenge from before open nothing.
 *
 * @throws {DomainError} `setup_not_initiated` - no secret waits: none was made, it expired, or it is confirmed
 * @throws {DomainError} `invalid_code` - the secret still waits
 * @throws {DomainError} `token_not_valid` - the session of the caller has ended; nothing was written
 * @throws {DomainError} `mfa_disabled` `not_authenticated` `insufficient_user_authentication` - see
 *   {@link getFactorOwner}
 */
export async function activateTotp(
  ctx: Context,
  input: { by: FactorCaller; code: string },
): Promise<TotpActivation> {
  const owner = await getFactorOwner(ctx, input.by)
  const proof = await checkFirstCode(ctx, owner, input.code)
  const { recoveryCodes, opened } = await transaction(ctx.db, (tx) => activate(ctx, tx, owner, proof))
  if (opened) await endExcessSessions(ctx, opened)
  return { recoveryCodes, tokens: opened && issueTokens(ctx, opened) }
}

async function checkFirstCode(ctx: Context, { userId }: FactorOwner, typed: string): Promise<Proof> {
  const pending = await findPendingSecret(ctx.db, ctx.clock, userId)
  if (!pending) throw new DomainError('setup_not_initiated')
  const code = readTotpCode(typed)
  const secret = await openTotpSecret(pending.sealed, userId, ctx.secrets.totp)
  const step = code === null ? null : findTotpStep(secret, code, pending.epochSeconds)
  if (step === null) throw new DomainError('invalid_code')
  return { seen: pending.sealed, step }
}

/** Every refusal rolls back. The order of the locks is user, factor, challenge, session. */
async function activate(ctx: Context, tx: Database, owner: FactorOwner, proof: Proof) {
  const { userId, sessionId, challenge } = owner
  const ifEpoch = challenge && { ifEpoch: challenge.verifiedEpoch }
  const epoch = await changeSecurity(tx, ctx.clock, { id: userId, ...ifEpoch })
  if (epoch === null) throw new DomainError('not_authenticated')
  const replaced = (await findTotpFactor(tx, userId)) !== null
  if (!(await confirmPendingSecret(tx, ctx.clock, { userId, ...proof }))) {
    throw new DomainError('setup_not_initiated')
  }
  const recoveryCodes = await turnOnSecondFactor(ctx, tx, { userId, sessionId })
  const opened = challenge
    ? await openFirstSession(ctx, tx, { ...owner, challenge }, epoch)
    : await keepSession(ctx, tx, owner, recoveryCodes !== null)
  const by = sessionId === null ? {} : { sessionId }
  await recordEvent(ctx, tx, { kind: 'totp_activated', userId, by: 'self', ...by, details: { replaced } })
  await queueFactorMail(ctx, tx, { userId, change: { kind: 'appSetUp' } })
  return { recoveryCodes, opened }
}

/** The set-up was the second step of a sign-in. */
async function openFirstSession(
  ctx: Context,
  tx: Database,
  { userId, challenge }: FactorOwner & { challenge: NonNullable<FactorOwner['challenge']> },
  verifiedEpoch: number,
): Promise<OpenedSession> {
  const taken = await takeChallenge(tx, ctx.clock, challenge)
  const isTaken = taken && (await finishConnection(ctx, tx, { userId, pending: taken.pendingConnection }))
  const method = challenge.method as CompleteSignIn['method']
  const level = describeCodeLevel(method, TOTP_WORDS)
  const signIn = { userId, verifiedEpoch, method, second: 'totp', level } as const
  const opened = isTaken ? await openSession(ctx, signIn, tx) : null
  if (!opened) throw new DomainError('not_authenticated')
  return opened
}

/** The session stays under its tokens: a client keeps the ones it has. */
async function keepSession(ctx: Context, tx: Database, owner: FactorOwner, isFirst: boolean): Promise<null> {
  const { userId, sessionId } = owner
  if (sessionId === null) return null
  const isLive = isFirst
    ? await raiseSession(tx, ctx.clock, { userId, sessionId, amr: TOTP_WORDS })
    : await lockSession(tx, { userId, sessionId })
  if (!isLive) throw new DomainError('token_not_valid')
  return null
}
