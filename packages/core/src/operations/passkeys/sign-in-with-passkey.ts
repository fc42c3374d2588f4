import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { transaction } from '../../database/transaction.ts'
import { type PresentedAssertion, readAssertion } from '../../services/passkeys/presented-credential.ts'
import { checkAssertion, type ProvenPasskey } from '../../steps/check-assertion.ts'
import { endExcessSessions } from '../../steps/end-excess-sessions.ts'
import { issueTokens } from '../../steps/issue-tokens.ts'
import { mustVerify } from '../../steps/must-verify.ts'
import { nameCeremony } from '../../steps/open-passkey-ceremony.ts'
import type { OpenedSession } from '../../steps/open-session.ts'
import { openSession } from '../../steps/open-session.ts'
import { getPasskeySite } from '../../steps/passkey-site.ts'
import { countEventOfHour, recordEvent } from '../../steps/record-event.ts'
import { spendPasskey } from '../../steps/spend-passkey.ts'
import {
  hasPasskeyCeremony,
  type PasskeyCeremony,
  takePasskeyCeremony,
} from '../../tables/ceremonies/passkey-ceremonies.ts'
import { settleAttempts } from '../../tables/code-attempts/statements.ts'
import { lockUser } from '../../tables/locks.ts'
import { findPasskey } from '../../tables/passkeys/find.ts'
import { findCredentials } from '../../tables/users/find.ts'
import type { AuditDetails } from '../../words/audit-kinds.ts'
import type { TokenPair } from '../../words/claims.ts'
import { DomainError } from '../../words/errors.ts'
import type { UserId } from '../../words/ids.ts'
import { describePasskeyLevel } from '../../words/passkey-level.ts'

type Reason = AuditDetails['login_failed']['reason']

/** What a right signature leads to. A refusal leaves its mark, so it is thrown after the transaction. */
type Verdict = { session: OpenedSession } | { refusal: Reason }

/**
 * Signs a user in with a passkey. It is two factors by itself, so no second one is asked for.
 *
 * The answer names its ceremony by the challenge in it. A ceremony works once.
 *
 * @param input.credential - the browser's JSON
 * @throws {DomainError} `challenge_invalid` - the ceremony is unknown, used or expired, or the answer cannot be read
 * @throws {DomainError} `unknown_passkey` - this site has no such passkey, or it was removed
 * @throws {DomainError} `incorrect_credentials` - the answer does not verify, or its counter did not grow
 * @throws {DomainError} `email_not_verified` `no_active_account` - as at a sign-in with a password, after a right answer
 * @throws {DomainError} `passkeys_disabled`
 */
export async function signInWithPasskey(ctx: Context, input: { credential: unknown }): Promise<TokenPair> {
  getPasskeySite(ctx)
  const credential = readAssertion(input.credential)
  if (!credential) throw new DomainError('challenge_invalid')
  const ceremony = nameCeremony(credential.challenge, {
    kind: 'passkey_sign_in',
    userId: null,
    sessionId: null,
  })
  if (!(await hasPasskeyCeremony(ctx.db, ctx.clock, ceremony))) throw new DomainError('challenge_invalid')
  const proven = await proveSignIn(ctx, credential)
  const verdict = await transaction(ctx.db, (tx) => enter(ctx, tx, { proven, ceremony }))
  if ('refusal' in verdict) throw new DomainError(verdict.refusal)
  await endExcessSessions(ctx, verdict.session)
  return issueTokens(ctx, verdict.session)
}

async function proveSignIn(ctx: Context, credential: PresentedAssertion): Promise<ProvenPasskey> {
  const { id: credentialId, challenge } = credential
  const passkey = await findPasskey(ctx.db, { credentialId, rpId: ctx.config.passkeyRpId })
  const proven = passkey && (await checkAssertion(ctx, { passkey, credential, challenge, namesUser: true }))
  if (proven) return proven
  // Whoever knows the password gets the ids of the passkeys, so no limit of a user bounds these answers. Few rows count them.
  const failure = describeFailure({ userId: passkey?.userId ?? null, reason: 'incorrect_credentials' })
  await countEventOfHour(ctx, ctx.db, failure)
  throw new DomainError(passkey ? 'incorrect_credentials' : 'unknown_passkey')
}

/** Every throw rolls back. The order of the locks is user, passkey, ceremony, session. */
async function enter(
  ctx: Context,
  tx: Database,
  { proven, ceremony }: { proven: ProvenPasskey; ceremony: PasskeyCeremony },
): Promise<Verdict> {
  const { passkey } = proven
  const { userId } = passkey
  if (!(await lockUser(tx, userId))) throw new DomainError('unknown_passkey')
  const use = await spendPasskey(ctx, tx, proven)
  if (use === 'removed') throw new DomainError('unknown_passkey')
  if (!(await takePasskeyCeremony(tx, ctx.clock, ceremony))) throw new DomainError('challenge_invalid')
  const user = await findCredentials(tx, userId)
  if (!user) throw new DomainError('unknown_passkey')
  if (use === 'counter') return { refusal: 'incorrect_credentials' }
  const reason = mustVerify(ctx, user) ? 'email_not_verified' : user.isActive ? null : 'no_active_account'
  if (reason) {
    await recordEvent(ctx, tx, describeFailure({ userId, reason }))
    return { refusal: reason }
  }
  await settleAttempts(tx, userId, null)
  // The row of the user is locked, so the epoch is the present one.
  const signIn = { userId, verifiedEpoch: user.sessionEpoch, method: 'passkey', second: 'none' } as const
  const session = await openSession(ctx, { ...signIn, level: describePasskeyLevel(passkey) }, tx)
  if (!session) throw new Error('A locked user changed.')
  return { session }
}

function describeFailure({ userId, reason }: { userId: UserId | null; reason: Reason }) {
  return { kind: 'login_failed', userId, by: 'anyone', details: { reason } } as const
}
