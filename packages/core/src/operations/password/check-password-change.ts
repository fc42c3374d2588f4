import type { Context } from '../../context.ts'
import type { Identity } from '../../steps/identity.ts'
import { verifyOwnPassword } from '../../steps/verify-own-password.ts'
import type { Credentials } from '../../tables/users/columns.ts'
import { findCredentials } from '../../tables/users/find.ts'
import { DomainError, type FieldFaults } from '../../words/errors.ts'
import { findPasswordFaults, type UserAttributes } from '../../words/password-rules.ts'
import { SENTENCES } from '../../words/sentences.ts'
import { isUsablePassword } from '../../words/usable-password.ts'

/** A change of the caller's password; new passwords are NFC-normalised. */
export interface PasswordChange {
  identity: Identity
  /** As it was typed. Left out where the operator does not require it. */
  oldPassword?: string
  newPassword1: string
  newPassword2: string
}

/** A change of password without the passwords that were refused for their form. */
export type GivenPasswords = Pick<PasswordChange, 'identity'> & Partial<PasswordChange>

/** The refusal of a wrong old password. */
export const WRONG_OLD_PASSWORD: FieldFaults = {
  oldPassword: [SENTENCES.wrongOldPassword],
}

/**
 * Checks the old password and the new ones, and reports the faults of both together.
 *
 * This reveals nothing: the new password is compared with details that every caller with the session can read.
 *
 * @returns the credentials that were checked, or null without a check, and the sentences of all faults
 * @throws {DomainError} `no_usable_password` - the user has none, whatever was given as the old one
 */
export async function checkPasswordChange(
  ctx: Context,
  input: GivenPasswords,
): Promise<{ verified: Credentials | null; faults: FieldFaults }> {
  const { identity, oldPassword } = input
  const missing = oldPassword === undefined && ctx.config.oldPasswordRequired
  const verified = missing ? null : await findVerified(ctx, input)
  return {
    verified,
    faults: {
      ...(missing && { oldPassword: [SENTENCES.required] }),
      ...(oldPassword !== undefined && !verified && WRONG_OLD_PASSWORD),
      ...(await findNewPasswordFaults(input, verified ?? identity.user)),
    },
  }
}

/**
 * Finds the further faults of a change in which a field was refused for its form.
 *
 * @throws {DomainError} `throttled` - too many attempts on the old password; nothing was hashed
 */
export async function findPasswordChangeFaults(ctx: Context, given: GivenPasswords): Promise<FieldFaults> {
  const { faults } = await checkPasswordChange(ctx, given)
  return faults
}

async function findVerified(ctx: Context, input: GivenPasswords): Promise<Credentials | null> {
  const { identity, oldPassword } = input
  if (oldPassword !== undefined) return verifyOwnPassword(ctx, identity, oldPassword, 'change')
  const credentials = await findCredentials(ctx.db, identity.userId)
  // A first password is a new way in. A session alone must not make one, so it comes by mail.
  if (credentials && !isUsablePassword(credentials.passwordHash)) throw new DomainError('no_usable_password')
  return credentials
}

async function findNewPasswordFaults(
  { newPassword1, newPassword2 }: GivenPasswords,
  user: UserAttributes,
): Promise<FieldFaults> {
  if (newPassword1 === undefined || newPassword2 === undefined) return {}
  if (newPassword1 !== newPassword2) return { newPassword2: [SENTENCES.newPasswordsDiffer] }
  const faults = await findPasswordFaults(newPassword1, user)
  return faults.length > 0 ? { newPassword2: faults } : {}
}
