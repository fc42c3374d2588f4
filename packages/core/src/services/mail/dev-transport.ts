import { storeDevMail } from './dev-mailbox.ts'
import type { Transport } from './transport.ts'

/** Puts mails into the developers' mailbox instead of sending them. */
export function createDevTransport(mailboxDir: string): Transport {
  return { deliver: (mail) => storeDevMail(mailboxDir, mail), close: () => {} }
}
