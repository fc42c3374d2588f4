import type { Context } from '../context.ts'
import type { PresentedAssertion } from '../services/passkeys/presented-credential.ts'
import { describeUserHandle } from '../services/passkeys/user-handle.ts'
import type { VerifiedAssertion } from '../services/passkeys/verified-credential.ts'
import { verifyAssertion } from '../services/passkeys/verify-credential.ts'
import { findPasskey, type Passkey } from '../tables/passkeys/find.ts'
import type { UserId } from '../words/ids.ts'
import { getPasskeySite } from './passkey-site.ts'

/** A passkey whose answer has the right signature. Its counter is not compared yet. */
export interface ProvenPasskey extends VerifiedAssertion {
  passkey: Passkey
}

/**
 * Verifies an answer of a passkey of a known user.
 *
 * @param input.challenge - the secret of the ceremony
 * @returns null for anything that does not verify, and for a passkey of another user
 * @throws {DomainError} `passkeys_disabled`
 */
export async function checkOwnAssertion(
  ctx: Context,
  input: { userId: UserId; credential: PresentedAssertion | null; challenge: string },
): Promise<ProvenPasskey | null> {
  const { userId, credential, challenge } = input
  const { rpId } = getPasskeySite(ctx)
  const passkey = credential && (await findPasskey(ctx.db, { credentialId: credential.id, rpId }))
  if (!credential || passkey?.userId !== userId) return null
  return checkAssertion(ctx, { passkey, credential, challenge, namesUser: false })
}

/**
 * Verifies an answer of a stored passkey.
 *
 * @param input.namesUser - whether the answer must have the user handle of the owner
 * @returns null for anything that does not verify
 */
export async function checkAssertion(
  ctx: Context,
  input: { passkey: Passkey; credential: PresentedAssertion; challenge: string; namesUser: boolean },
): Promise<ProvenPasskey | null> {
  const { passkey, ...answer } = input
  const userHandle = describeUserHandle(passkey.userId)
  const verified = await verifyAssertion(getPasskeySite(ctx), { ...answer, stored: passkey, userHandle })
  return verified && { passkey, ...verified }
}
