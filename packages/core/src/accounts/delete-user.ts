import type { Context } from '../context.ts'
import { invalidFields } from '../errors.ts'
import { verifyOwnPassword } from '../passwords/verify-own-password.ts'
import type { Identity } from '../sessions/authenticate.ts'
import { requireAnotherSuperuser } from '../staff/authorise.ts'
import { SUPERUSER_ROLE } from '../staff/roles.ts'
import { lockAccounts } from '../staff/store.ts'
import { transaction } from '../transaction.ts'
import { eraseAccount } from './erase-account.ts'
import type { Credentials } from './store.ts'

/**
 * Deletes the caller's account with everything that is its own.
 *
 * @param input.password - NFC-normalised; the account's password, asked for again
 * @throws {DomainError} `invalid` - another password; nothing was deleted
 * @throws {DomainError} `permission_denied` - the caller is the last active superuser
 */
export async function deleteUser(
  ctx: Context,
  input: { identity: Identity; password: string },
): Promise<void> {
  const verified = await verifyOwnPassword(ctx, input.identity, input.password)
  const deleted = verified && (await deleteVerified(ctx, verified))
  if (!deleted) throw invalidFields({ password: ['Your password was entered incorrectly.'] })
}

async function deleteVerified(ctx: Context, verified: Credentials): Promise<boolean> {
  return transaction(ctx.db, async (tx) => {
    // A change of role moves the epoch on, so the role that was verified is the one the row still has.
    const superusers = verified.role === SUPERUSER_ROLE
    const rows = await lockAccounts(tx, { ids: [verified.id], superusers })
    const account = rows.find(({ id }) => id === verified.id)
    if (!account) return false
    if (superusers) requireAnotherSuperuser(rows, account)
    return eraseAccount(ctx, tx, { account, by: 'self', ifEpoch: verified.sessionEpoch })
  })
}
