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

/** A permanent refusal of a mail, because of its recipient or its content. */
export class PermanentRefusal extends Error {
  override readonly name = 'PermanentRefusal'
}
