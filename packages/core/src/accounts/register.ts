import type { Context } from '../context.ts'
import { invalidFields } from '../errors.ts'
import { newId, type UserId } from '../ids.ts'
import { findPasswordFaults } from '../passwords/rules.ts'
import { openSession } from '../sessions/open-session.ts'
import type { TokenPair } from '../tokens/claims.ts'
import { issueTokens } from '../tokens/issue-tokens.ts'
import { transaction } from '../transaction.ts'
import { insertUser } from './store.ts'

/** What a person signs up with. */
export interface Registration {
  /** Normalised. */
  email: string
  /** NFC-normalised, as all passwords. */
  password1: string
  password2: string
  /** Trimmed; may be blank where the operator does not require names. */
  firstName: string
  lastName: string
}

/**
 * Makes an account and signs its owner in.
 *
 * Of several sign-ups for one address at once, exactly one makes the account.
 *
 * @throws {DomainError} `invalid` - the passwords differ, break a rule, or the address is taken; nothing was written
 */
export async function register(ctx: Context, input: Registration): Promise<TokenPair> {
  await requireAcceptablePassword(input)
  const user = {
    id: newId<UserId>(),
    email: input.email,
    passwordHash: await ctx.hasher.hash(input.password1),
    firstName: input.firstName,
    lastName: input.lastName,
    emailVerified: false,
  }
  const subject = await transaction(ctx.db, async (tx) => {
    if (!(await insertUser(tx, ctx.clock, user))) return null
    return openSession(ctx, { userId: user.id, verifiedEpoch: 0 }, tx)
  })
  if (!subject) throw invalidFields({ email: ['A user is already registered with this e-mail address.'] })
  return issueTokens(ctx, subject)
}

async function requireAcceptablePassword(input: Registration): Promise<void> {
  if (input.password1 !== input.password2) {
    throw invalidFields({ non_field_errors: ["The two password fields didn't match."] })
  }
  const faults = await findPasswordFaults(input.password1, input)
  if (faults.length > 0) throw invalidFields({ password1: faults })
}
