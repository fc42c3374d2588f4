import type { LatchkeyClient } from '../client.ts'
import type { ListPasskeysAnswer } from '../generated/bodies.ts'
import * as routes from '../generated/routes.ts'
import type { Send } from '../http/send.ts'
import { partsOf } from '../operations/parts.ts'
import { canSignal, signal } from './signal.ts'

/** Lists the passkeys of the user, and tells the browser which of them are valid. */
export async function listAndTell(sendAsUser: Send): Promise<ListPasskeysAnswer> {
  const list = await sendAsUser<ListPasskeysAnswer>({ route: routes.listPasskeys })
  signal('signalAllAcceptedCredentials', {
    rpId: list.rp_id,
    userId: list.user_handle,
    allAcceptedCredentialIds: list.passkeys.map(({ credential_id }) => credential_id),
  })
  return list
}

/** Tells the browser which passkeys are valid, after one was removed. */
export function tellAfterRemoval(sendAsUser: Send): void {
  if (canSignal('signalAllAcceptedCredentials')) listAndTell(sendAsUser).catch(() => {})
}

/** Tells the browser the address of the user after each change of the user, because passkeys are shown under it. */
export function tellChanges(client: LatchkeyClient, sendAsUser: Send): void {
  const parts = partsOf(client)
  const { watch } = parts
  parts.watch = (call) => {
    const done = watch?.(call)
    return (answer) => {
      done?.(answer)
      if (call.changesUser && canSignal('signalCurrentUserDetails'))
        tellDetails(client, sendAsUser).catch(() => {})
    }
  }
}

async function tellDetails(client: LatchkeyClient, sendAsUser: Send): Promise<void> {
  const { passkeys, rp_id, user_handle } = await listAndTell(sendAsUser)
  if (!passkeys[0]) return
  const { email } = await client.user.get()
  signal('signalCurrentUserDetails', { rpId: rp_id, userId: user_handle, name: email, displayName: email })
}
