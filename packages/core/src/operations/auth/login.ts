import type { Context } from '../../context.ts'
import { retryContended } from '../../database/transaction.ts'
import { addressForms } from '../../steps/address-forms.ts'
import { admit, answerAdmission } from '../../steps/admit.ts'
import { countLogin } from '../../steps/count-passwords.ts'
import { endExcessSessions } from '../../steps/end-excess-sessions.ts'
import { hashAsSignUp } from '../../steps/hash-as-sign-up.ts'
import { mustVerify } from '../../steps/must-verify.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { type TypedPassword, verifyHash } from '../../steps/verify-hash.ts'
import {
  type AddressForms,
  findNewestHash,
  hasStandingHash,
  type StandingHash,
} from '../../tables/pending-registrations/standing.ts'
import { replaceHash } from '../../tables/users/change.ts'
import type { Credentials } from '../../tables/users/columns.ts'
import { findCredentialsByEmail } from '../../tables/users/find.ts'
import type { AuditDetails } from '../../words/audit-kinds.ts'
import { DomainError } from '../../words/errors.ts'
import { prepareForOurs } from '../../words/password-form.ts'
import type { SignInAnswer } from '../../words/second-factors.ts'

/** How often a sign-in checks a password when the user keeps changing in the meantime. */
const ATTEMPTS = 3

/**
 * Signs a user in with an address and a password.
 *
 * An unknown address and a wrong password get the same answer and cost the same work: an unknown address verifies a
 * decoy hash, whose format is chosen by the shares of the formats. While a pending sign-up or a shadow stands for the
 * address, a wrong password costs a second hash, whether or not the address has a user. Every refusal of a password check is
 * recorded before it is thrown. A sign-in beyond `sessionsPerAccount` ends the session that was unused for longest.
 *
 * A user that has or needs a second factor gets a challenge in place of the tokens, and no session.
 *
 * @param input.email - normalised
 * @param input.password - as it was typed: the form of the stored password says what is done with it
 * @throws {DomainError} `incorrect_credentials` - unknown address or wrong password
 * @throws {DomainError} `email_not_verified` - the right password of an unverified user or of a pending sign-up
 * @throws {DomainError} `no_active_account` - the right password of a deactivated user
 * @throws {DomainError} `throttled` - too many attempts for this address; nothing was hashed
 * @throws {DomainError} `unavailable` - too many passwords are being hashed
 */
export async function login(ctx: Context, input: TypedPassword): Promise<SignInAnswer> {
  await countLogin(ctx, input.email)
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const {
      id: userId,
      sessionEpoch: verifiedEpoch,
      role,
      secondFactor,
    } = await verifyCredentials(ctx, input)
    const admission = await retryContended(() =>
      admit(ctx, { userId, verifiedEpoch, role, secondFactor, method: 'password' }),
    )
    if (!admission) continue
    if (admission.session) await endExcessSessions(ctx, admission.session)
    return answerAdmission(ctx, admission)
  }
  throw new DomainError('incorrect_credentials')
}

async function verifyCredentials(ctx: Context, input: TypedPassword): Promise<Credentials> {
  const forms = isMandatory(ctx) ? addressForms(ctx, input.email) : []
  const [user, newest] = await Promise.all([
    findCredentialsByEmail(ctx.db, input.email),
    forms.length > 0 ? findNewestHash(ctx.db, ctx.clock, forms) : null,
  ])
  if (!(await verifyHash(ctx, user, input)) || !user) {
    const isOfSignUp = newest !== null && (await matchesSignUp(ctx, { forms, newest, ...input }))
    throw await refuseWrong(ctx, user, isOfSignUp)
  }
  if (mustVerify(ctx, user)) throw await refuse(ctx, user, 'email_not_verified')
  if (!user.isActive) throw await refuse(ctx, user, 'no_active_account')
  if (ctx.hasher.isOutdated(user.passwordHash)) {
    const renewed = await ctx.hasher.hash(prepareForOurs(input.password, user.passwordForm))
    await replaceHash(ctx.db, { id: user.id, former: user.passwordHash, renewed })
  }
  return user
}

/** Answers by one more hash whether a password is that of a sign-up or shadow that stands for an address. */
async function matchesSignUp(
  ctx: Context,
  input: TypedPassword & { forms: AddressForms; newest: StandingHash },
): Promise<boolean> {
  const passwordHash = await hashAsSignUp(ctx, input.newest, input)
  return hasStandingHash(ctx.db, ctx.clock, { forms: input.forms, passwordHash })
}

/** Records that the password is not the user's. The answer is that of a sign-up, if one has the password. */
async function refuseWrong(
  ctx: Context,
  user: Credentials | null,
  isOfSignUp: boolean,
): Promise<DomainError> {
  const told = isOfSignUp ? 'email_not_verified' : 'incorrect_credentials'
  await refuse(ctx, user, user ? 'incorrect_credentials' : told)
  return new DomainError(told)
}

/** Records a failed sign-in. An unknown address costs the same statement, and its event has no user. */
async function refuse(
  ctx: Context,
  user: Credentials | null,
  reason: AuditDetails['login_failed']['reason'],
): Promise<DomainError> {
  const userId = user?.id ?? null
  await recordEvent(ctx, ctx.db, { kind: 'login_failed', userId, by: 'anyone', details: { reason } })
  return new DomainError(reason)
}

function isMandatory(ctx: Context): boolean {
  return ctx.config.emailVerification === 'mandatory'
}
