import type { Context } from '../../context.ts'
import { describeUserHandle } from '../../services/passkeys/user-handle.ts'
import type { Identity } from '../../steps/identity.ts'
import { getPasskeySite } from '../../steps/passkey-site.ts'
import { listPasskeysOfUser, type Passkey } from '../../tables/passkeys/find.ts'

/** The passkeys of a user, and what a browser needs to tell its authenticators about them. */
export interface PasskeyList {
  /** The oldest first. */
  passkeys: Passkey[]
  rpId: string
  /** Base64url of the 16 bytes of the user's id. */
  userHandle: string
}

/**
 * Lists the passkeys of the caller.
 *
 * @throws {DomainError} `passkeys_disabled`
 */
export async function listPasskeys(ctx: Context, input: { identity: Identity }): Promise<PasskeyList> {
  const { rpId } = getPasskeySite(ctx)
  const { userId } = input.identity
  const passkeys = await listPasskeysOfUser(ctx.db, userId)
  return { passkeys, rpId, userHandle: describeUserHandle(userId) }
}
