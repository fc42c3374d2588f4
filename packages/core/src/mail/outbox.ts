import type { Mailer, MailerOptions } from './mailer.ts'

/**
 * Makes the mailer of a process.
 *
 * @throws when the templates have mistakes or the queue cannot be set up
 */
export async function createMailer(options: MailerOptions): Promise<Mailer> {
  if (options.mode === 'off') return OFF
  throw new Error('The outbox is not there yet.')
}

/** With mail off, nothing of the queue is loaded. */
const OFF: Mailer = {
  queue: async () => {},
  start: async () => {},
  stop: async () => {},
}
