import type { Context } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import type { Identity } from '../../steps/identity.ts'
import { getPasskeySite } from '../../steps/passkey-site.ts'
import { recordEvent } from '../../steps/record-event.ts'
import { renamePasskeyRow } from '../../tables/passkeys/change.ts'
import type { Passkey } from '../../tables/passkeys/find.ts'
import { DomainError } from '../../words/errors.ts'
import { isId, type PasskeyId } from '../../words/ids.ts'

/**
 * Gives a passkey of the caller another name.
 *
 * @param input.passkeyId - as sent; a text that is not an id names an unknown passkey
 * @throws {DomainError} `not_found` - the passkey is unknown, was removed, or belongs to another user
 * @throws {DomainError} `passkeys_disabled`
 */
export async function renamePasskey(
  ctx: Context,
  input: { identity: Identity; passkeyId: string; name: string },
): Promise<Passkey> {
  getPasskeySite(ctx)
  const { identity, passkeyId, name } = input
  const { userId, sessionId } = identity
  if (!isId(passkeyId)) throw new DomainError('not_found')
  return transaction(ctx.db, async (tx) => {
    const passkey = await renamePasskeyRow(tx, { id: passkeyId as PasskeyId, userId, name })
    if (!passkey) throw new DomainError('not_found')
    const details = { passkey: passkey.id }
    await recordEvent(ctx, tx, { kind: 'passkey_renamed', userId, by: 'self', sessionId, details })
    return passkey
  })
}
