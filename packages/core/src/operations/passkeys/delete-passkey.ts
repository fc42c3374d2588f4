import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { transaction } from '../../database/transaction.ts'
import type { Identity } from '../../steps/identity.ts'
import { getPasskeySite } from '../../steps/passkey-site.ts'
import { queueFactorMail } from '../../steps/queue-factor-mail.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { requireRecent } from '../../steps/require-recent.ts'
import { requireWayIn } from '../../steps/require-way-in.ts'
import { isFactorRequired } from '../../steps/second-factor-policy.ts'
import { turnOffSecondFactor } from '../../steps/turn-second-factor.ts'
import { lockSession } from '../../tables/locks.ts'
import { type OwnPasskey, takePasskey } from '../../tables/passkeys/change.ts'
import { hasPasskey } from '../../tables/passkeys/usable.ts'
import { deleteSessionsOfPasskey } from '../../tables/sessions/end-of-passkey.ts'
import { findTotpFactor } from '../../tables/totp-factors/statements.ts'
import { changeSecurity } from '../../tables/users/change.ts'
import { findCredentials } from '../../tables/users/find.ts'
import { hasSecondFactor } from '../../tables/users/second-factor.ts'
import { DomainError } from '../../words/errors.ts'
import { isId, type PasskeyId } from '../../words/ids.ts'

/**
 * Removes a passkey of the caller. Every other session that it opened ends. With the last factor the second step at
 * sign-in is turned off, and the recovery codes go.
 *
 * @param input.passkeyId - as sent; a text that is not an id names an unknown passkey
 * @throws {DomainError} `not_found` - the passkey is unknown, was removed, or belongs to another user
 * @throws {DomainError} `mfa_required` - it is the last factor, and the settings demand one of the caller
 * @throws {DomainError} `disconnect_not_allowed` - the user has no password and no account at a provider, so it is the last
 *   way in
 * @throws {DomainError} `token_not_valid` - the session of the caller has ended; nothing was written
 * @throws {DomainError} `passkeys_disabled` `insufficient_user_authentication`
 */
export async function deletePasskey(
  ctx: Context,
  input: { identity: Identity; passkeyId: string },
): Promise<void> {
  getPasskeySite(ctx)
  const { identity, passkeyId } = input
  await requireRecent(ctx, identity)
  const { userId, sessionId } = identity
  if (!isId(passkeyId)) throw new DomainError('not_found')
  const own = { id: passkeyId as PasskeyId, userId }
  await transaction(ctx.db, async (tx) => {
    // The lock comes before the count of what is left. A refusal rolls the epoch back.
    await changeSecurity(tx, ctx.clock, { id: userId })
    const isFactorLeft = await remove(ctx, tx, own)
    await requireWayIn(ctx, tx, userId)
    if (!(await lockSession(tx, { userId, sessionId }))) throw new DomainError('token_not_valid')
    await deleteSessionsOfPasskey(tx, { userId, passkeyId: own.id, except: sessionId })
    const details = { passkey: own.id }
    await recordEvent(ctx, tx, { kind: 'passkey_removed', userId, by: 'self', sessionId, details })
    await queueFactorMail(ctx, tx, { userId, change: { kind: 'passkeyRemoved' } })
    if (!isFactorLeft) await turnOff(ctx, tx, identity)
  })
}

/** Removes the passkey, unless the user would then lack a factor that the settings demand. */
async function remove(ctx: Context, tx: Database, own: OwnPasskey): Promise<boolean> {
  const passkey = await takePasskey(tx, own)
  if (!passkey) throw new DomainError('not_found')
  const { userId } = own
  const rpId = ctx.config.passkeyRpId
  if ((await hasPasskey(tx, { userId, rpId })) || (await findTotpFactor(tx, userId))) return true
  const user = await findCredentials(tx, userId)
  // A passkey of another site is no factor here.
  if (passkey.rpId === rpId && user && isFactorRequired(ctx, user.role)) throw new DomainError('mfa_required')
  return false
}

async function turnOff(ctx: Context, tx: Database, { userId, sessionId }: Identity): Promise<void> {
  if (!(await hasSecondFactor(tx, userId))) return
  await turnOffSecondFactor(ctx, tx, userId)
  await recordEvent(ctx, tx, { kind: 'second_factor_disabled', userId, by: 'self', sessionId, details: {} })
  await queueFactorMail(ctx, tx, { userId, change: { kind: 'turnedOff' } })
}
