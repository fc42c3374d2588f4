import type { ComposedMail } from './sealed-mail.ts'

/** The last step: hands a mail to whoever delivers it. */
export interface Transport {
  /**
   * @param signal - aborts when the attempt no longer counts
   * @throws {PermanentRefusal} when trying again is useless; anything else is tried again
   */
  deliver(mail: ComposedMail, signal: AbortSignal): Promise<void>
  close(): void
}

/** The mail was refused for good: by the recipient's mailbox, or for what it says. */
export class PermanentRefusal extends Error {
  override readonly name = 'PermanentRefusal'
}
