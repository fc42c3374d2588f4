import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import type { Actor } from '../../steps/actor.ts'
import { actAsStaff } from '../../steps/authorise.ts'
import { findTakenAddress, TAKEN_ADDRESS } from '../../steps/find-taken-address.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { retirePendings } from '../../tables/pending-registrations/retire.ts'
import { findStaffUser } from '../../tables/users/find.ts'
import { insertUser, setRoleOfNew } from '../../tables/users/insert.ts'
import type { StaffUser } from '../../tables/users/staff-user.ts'
import { type FieldFaults, type FieldSentence, invalidFields } from '../../words/errors.ts'
import { UNUSABLE_PASSWORD } from '../../words/foreign-hashes/foreign-hash.ts'
import { newId, type UserId } from '../../words/ids.ts'
import { findPasswordFaults } from '../../words/password-rules.ts'
import { SENTENCES } from '../../words/sentences.ts'
import { queueResetLink } from './queue-reset-link.ts'

/** A user to be created by staff or by the operator. */
export interface UserCreation {
  by: Actor
  /** Normalised. */
  email: string
  firstName: string
  lastName: string
  /** NFC-normalised. When it is left out, the user gets an invitation: a link to set a password. */
  password?: string
  /** 0 user, 1000 staff, 900 superuser; other numbers mean what the operator decides. All except 0 need a superuser. */
  role: number
  /** The language of mails; by default null, which is the default language. */
  language?: string | null
  /** The allowed address of the form that an invitation leads on to. */
  redirectTo?: string
}

/**
 * Creates a user for another person.
 *
 * With a password the address counts as verified, because the actor vouches for it. Without one, the invitation
 * verifies the address.
 *
 * @throws {DomainError} `invalid` - the address is taken, the password breaks a rule, or this server sends no mail for
 *   an invitation; nothing was written
 * @throws {DomainError} `permission_denied` - the actor's present role does not allow it; nothing was written
 */
export async function createUser(ctx: Context, input: UserCreation): Promise<StaffUser> {
  const { by, role, password, email } = input
  const { firstName, lastName, language = null } = input
  const weak = await findWeakness(input)
  if (weak) throw invalidFields({ ...weak, ...(await findTakenAddress(ctx, email)) })
  const passwordHash = password === undefined ? UNUSABLE_PASSWORD : await ctx.hasher.hash(password)
  const id = newId<UserId>()
  const user = {
    ...{ id, email, passwordHash, firstName, lastName, language },
    emailVerified: password !== undefined,
  }
  const made = await actAsStaff(ctx, { by, superuser: role !== 0 }, async (tx) => {
    if (!(await insertUser(tx, ctx.clock, user))) return null
    if (role !== 0) await setRoleOfNew(tx, { id, role })
    await retirePendings(tx, { email })
    await recordEvent(ctx, tx, { kind: 'account_created', userId: id, by, details: { role } })
    if (password === undefined)
      await invite(ctx, tx, { by, id, email, language, redirectTo: input.redirectTo })
    return findStaffUser(tx, ctx.clock, id)
  })
  if (!made) throw invalidFields(TAKEN_ADDRESS)
  return made
}

/** Finds all faults of a user to be created; `given` is normalised and without the fields refused for their form. */
export async function findCreateUserFaults(
  ctx: Context,
  given: Partial<Pick<UserCreation, 'email' | 'password' | 'firstName' | 'lastName'>>,
): Promise<FieldFaults> {
  return { ...(await findWeakness(given)), ...(await findTakenAddress(ctx, given.email)) }
}

async function findWeakness(
  given: Parameters<typeof findCreateUserFaults>[1],
): Promise<{ password: FieldSentence[] } | null> {
  const { email = '', password, firstName = '', lastName = '' } = given
  if (password === undefined) return null
  const faults = await findPasswordFaults(password, { email, firstName, lastName })
  return faults.length > 0 ? { password: faults } : null
}

async function invite(
  ctx: Context,
  tx: Database,
  invited: { by: Actor; id: UserId; email: string; language: string | null; redirectTo: string | undefined },
) {
  if (!ctx.outbox.sends) {
    throw invalidFields({ password: [SENTENCES.noInvitation] })
  }
  const { by, redirectTo } = invited
  await queueResetLink(ctx, tx, { by, user: invited, isInvitation: true, redirectTo })
}
