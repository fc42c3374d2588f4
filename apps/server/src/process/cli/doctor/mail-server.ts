import { isIP } from 'node:net'
import { isLoopback, type MailTest, sendTestMail } from '@latchkey/core'
import { type Check, type Finding, good, look, mend } from './check.ts'

/** Connects to the mail server and signs in, as the server does, and sends nothing. */
export const MAIL_SERVER: Check = {
  name: 'mail server',
  examine: async ({ config }) => {
    const { mail, publicUrl, production } = config()
    if (mail.mode !== 'smtp' || mail.smtpUrl === null) {
      const told = `MAIL is ${mail.mode}: no mail leaves this machine`
      return [production ? look(told) : good(told)]
    }
    const test = await sendTestMail({ smtpUrl: mail.smtpUrl, from: mail.from, publicUrl, to: null })
    return [describe(test), ...describeName(test)]
  },
}

function describe({ server, attempts }: MailTest): Finding {
  const last = attempts.at(-1)
  if (!last || last.failure) {
    const { step, reason, advice } = last?.failure ?? { step: 'connect', reason: '', advice: '' }
    return mend([`${server}, step "${step}": ${flatten(reason)}`, flatten(advice)].filter(Boolean).join('; '))
  }
  const steps = last.steps.map(({ step, outcome }) => `${step} ${outcome}`).join('; ')
  if (attempts.length > 1) {
    return look(
      `${server}: TLS failed, so mail goes out in the clear; latchkey mail test shows why (${steps})`,
    )
  }
  return good(`${server}: ${steps}`)
}

/** Relays on other machines may refuse a name that only this machine has. */
function describeName({ server, helloName }: MailTest): Finding[] {
  const host = server.slice(0, server.lastIndexOf(':'))
  const isPlain = helloName === 'localhost' || helloName.startsWith('[') || isIP(helloName) !== 0
  if (isLoopback(host) || !isPlain) return []
  return [
    look(`it is greeted as ${helloName}, which strict servers refuse; set PUBLIC_URL, or ?name= in SMTP_URL`),
  ]
}

function flatten(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
