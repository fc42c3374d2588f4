import type { Context } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { requireAnotherSuperuser } from '../../steps/authorise.ts'
import { eraseUser } from '../../steps/erase-user.ts'
import type { Identity } from '../../steps/identity.ts'
import { verifyOwner } from '../../steps/verify-owner.ts'
import { lockSession, lockUsers } from '../../tables/locks.ts'
import type { Credentials } from '../../tables/users/columns.ts'
import { DomainError, invalidFields } from '../../words/errors.ts'
import { SUPERUSER_ROLE } from '../../words/roles.ts'
import { SENTENCES } from '../../words/sentences.ts'

/**
 * Deletes the calling user with all its personal data.
 *
 * @param input.password - the user's password, which the caller must give again; as it was typed. A user without one leaves
 *   it out, and needs a recent proof
 * @throws {DomainError} `invalid` - the password is wrong; nothing was deleted
 * @throws {DomainError} `no_usable_password` `insufficient_user_authentication` - see {@link verifyOwner}
 * @throws {DomainError} `token_not_valid` - the session of the caller has ended; nothing was deleted
 * @throws {DomainError} `permission_denied` - the caller is the last active superuser; nothing was deleted
 */
export async function deleteOwnUser(
  ctx: Context,
  input: { identity: Identity; password?: string | undefined },
): Promise<void> {
  const verified = await verifyOwner(ctx, input.identity, input.password)
  const deleted = verified && (await deleteVerified(ctx, input.identity, verified))
  if (!deleted) throw invalidFields({ password: [SENTENCES.wrongPassword] })
}

async function deleteVerified(ctx: Context, identity: Identity, verified: Credentials): Promise<boolean> {
  return transaction(ctx.db, async (tx) => {
    // A change of role moves the epoch, so with an unchanged epoch the role is still the one that was read.
    const superusers = verified.role === SUPERUSER_ROLE
    const rows = await lockUsers(tx, { ids: [verified.id], superusers })
    const user = rows.find(({ id }) => id === verified.id)
    if (!user) return false
    if (!(await lockSession(tx, identity))) throw new DomainError('token_not_valid')
    if (superusers) requireAnotherSuperuser(rows, user)
    return eraseUser(ctx, tx, { user, by: 'self', ifEpoch: verified.sessionEpoch })
  })
}
