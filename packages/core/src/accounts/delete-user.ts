import type { Context } from '../context.ts'
import { invalidFields } from '../errors.ts'
import { verifyOwnPassword } from '../passwords/verify-own-password.ts'
import type { Identity } from '../sessions/authenticate.ts'
import { transaction } from '../transaction.ts'
import { deleteUserRow } from './store.ts'

/**
 * Deletes the caller's account with everything that is its own.
 *
 * @param input.password - NFC-normalised; the account's password, asked for again
 * @throws {DomainError} `invalid` - another password; nothing was deleted
 */
export async function deleteUser(
  ctx: Context,
  input: { identity: Identity; password: string },
): Promise<void> {
  const verified = await verifyOwnPassword(ctx, input.identity, input.password)
  const deleted =
    verified &&
    (await transaction(ctx.db, (tx) =>
      deleteUserRow(tx, { id: verified.id, ifEpoch: verified.sessionEpoch }),
    ))
  if (!deleted) throw invalidFields({ password: ['Your password was entered incorrectly.'] })
}
