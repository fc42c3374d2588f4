import { v7 as uuid } from 'uuid'
import { readSender } from './sender.ts'
import { AUTOMATIC_HEADERS } from './transport.ts'

/** Composes the mail of a test: its envelope, and the message as it is sent. */
export async function composeTestMail(options: {
  from: string
  name?: string
  to: string
  publicUrl: string
}) {
  const { from, to, publicUrl } = options
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
  const { name, address, domain } = readSender(from, options.name)
  const site = new URL(publicUrl).host
  const mail = new MailComposer({
    from: { name, address },
    to: { name: '', address: to },
    subject: `Test mail of ${site}`,
    text: `This mail was sent by the command "latchkey mail test" at ${site}.\n\nMail leaves this server. There is nothing to do.\n`,
    messageId: `<${uuid()}@${domain}>`,
    headers: AUTOMATIC_HEADERS,
  }).compile()
  return { envelope: mail.getEnvelope(), message: await mail.build() }
}
