import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { hasPasskey } from '../tables/passkeys/usable.ts'
import { findCredentials } from '../tables/users/find.ts'
import { DomainError } from '../words/errors.ts'
import type { UserId } from '../words/ids.ts'
import { isUsablePassword } from '../words/usable-password.ts'
import { hasUsableConnection } from './usable-connection.ts'

/**
 * Refuses a removal that leaves a user no way to sign in: no password, no passkey of this site and no account at a provider
 * of these settings.
 *
 * The caller has locked the user's row and has removed what it removes, so that two removals at once cannot both see the
 * other's. `connections.test.ts` holds this.
 *
 * @throws {DomainError} `disconnect_not_allowed` - the caller rolls back
 */
export async function requireWayIn(ctx: Context, tx: Database, userId: UserId): Promise<void> {
  const user = await findCredentials(tx, userId)
  if (user && isUsablePassword(user.passwordHash)) return
  const { passkeysEnabled, passkeyRpId: rpId } = ctx.config
  if (passkeysEnabled && (await hasPasskey(tx, { userId, rpId }))) return
  if (!(await hasUsableConnection(ctx, tx, userId))) throw new DomainError('disconnect_not_allowed')
}
