import type { ComposedMail } from './sealed-mail.ts'

/** Delivers a composed mail. */
export interface Transport {
  /**
   * @param signal - aborts when another worker takes over the attempt
   * @throws {PermanentRefusal} when another attempt is useless; after any other error the mail is tried again
   */
  deliver(mail: ComposedMail, signal: AbortSignal): Promise<void>
  close(): void
}

/** Mailboxes send no automatic reply, such as a holiday notice. The first is of RFC 3834, the second of Microsoft. */
export const AUTOMATIC_HEADERS = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }

/** A permanent refusal of a mail, because of its recipient or its content. */
export class PermanentRefusal extends Error {
  override readonly name = 'PermanentRefusal'
}
