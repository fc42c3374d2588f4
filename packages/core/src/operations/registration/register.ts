import type { Context } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { admit, answerAdmission } from '../../steps/admit.ts'
import { chooseLanguage } from '../../steps/choose-language.ts'
import { countMail } from '../../steps/count-mail.ts'
import { TAKEN_ADDRESS } from '../../steps/find-taken-address.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { saltOfSignUps } from '../../steps/sign-up-salt.ts'
import { insertUser } from '../../tables/users/insert.ts'
import { invalidFields } from '../../words/errors.ts'
import { newId, type UserId } from '../../words/ids.ts'
import { USER_ROLE } from '../../words/roles.ts'
import type { SignInAnswer } from '../../words/second-factors.ts'
import { findSignUpFaults, type Registration } from './find-sign-up-faults.ts'
import { queueVerificationMail } from './queue-verification-mail.ts'
import { registerPending, type SignUp } from './register-pending.ts'

/**
 * Signs up a user.
 *
 * With mandatory verification it stores a pending sign-up and mails its link. Otherwise it creates the user and opens a
 * session; of several sign-ups for one address at once, exactly one creates the user.
 *
 * @returns the tokens of the session, or the challenge for the set-up of a second factor where one is required; null with mandatory verification, also for a taken address
 * @throws {DomainError} `invalid` - all faults: the passwords differ, break a rule, or the address is taken; nothing
 *   was written
 */
export async function register(ctx: Context, input: Registration): Promise<SignInAnswer | null> {
  const faults = await findSignUpFaults(ctx, input)
  const isAcceptable = !('password1' in faults || 'nonFieldErrors' in faults)
  // A taken address counts too. Otherwise a stranger could ask without limit whether it is taken.
  if (isAcceptable && ctx.config.emailVerification !== 'none') await countMail(ctx, input.email)
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
  const { email, firstName, lastName, redirectTo } = input
  const isPending = ctx.config.emailVerification === 'mandatory'
  const salt = isPending ? saltOfSignUps(ctx, email) : undefined
  const passwordHash = await ctx.hasher.hash(input.password1, salt)
  const language = chooseLanguage(ctx, input.language)
  const signUp = { email, passwordHash, firstName, lastName, language, redirectTo }
  if (!isPending) return registerUser(ctx, signUp)
  await registerPending(ctx, signUp)
  return null
}

async function registerUser(ctx: Context, signUp: SignUp): Promise<SignInAnswer> {
  const { redirectTo, ...rest } = signUp
  const user = { ...rest, id: newId<UserId>(), emailVerified: false }
  const admission = await transaction(ctx.db, async (tx) => {
    if (!(await insertUser(tx, ctx.clock, user))) return null
    await recordEvent(ctx, tx, { kind: 'registered', userId: user.id, by: 'self', details: {} })
    const verified = { userId: user.id, verifiedEpoch: 0, role: USER_ROLE, secondFactor: false }
    const admitted = await admit(ctx, { ...verified, method: 'registration' }, tx)
    if (ctx.config.emailVerification === 'optional')
      await queueVerificationMail(ctx, tx, { ...user, redirectTo })
    return admitted
  })
  if (!admission) throw invalidFields(TAKEN_ADDRESS)
  return answerAdmission(ctx, admission)
}
