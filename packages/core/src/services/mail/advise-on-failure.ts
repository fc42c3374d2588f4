import { isCertificateCode, isTlsFailure } from './smtp-failure.ts'
import type { SmtpServer } from './smtp-url.ts'

/** A step on the way of a mail to the SMTP server. */
export type MailTestStep = 'connect' | 'greet' | 'encrypt' | 'sign in' | 'send'

interface SmtpError {
  code?: string
  originalCode?: string
  command?: string
  timeoutType?: string
  message: string
}

type Rule = [matches: (error: SmtpError) => boolean, step: MailTestStep, advice: string]

const code = ({ originalCode, code: own }: SmtpError) => originalCode ?? own ?? ''
const command = (error: SmtpError) => error.command ?? ''

/** From the particular to the general. The first rule that matches an error counts. */
const RULES: Rule[] = [
  [
    (error) => /ALTNAME|HOSTNAME_MISMATCH/.test(code(error)),
    'encrypt',
    'The certificate is for another name. Name the server in SMTP_URL as its certificate does, or set tls.servername.',
  ],
  [
    (error) => /EXPIRED|NOT_YET_VALID/.test(code(error)),
    'encrypt',
    'The certificate is out of date. Renew it on the server, and check the clock of this machine.',
  ],
  [
    (error) => isCertificateCode(code(error)),
    'encrypt',
    'The certificate is not one of a public authority. Name the file of the one that signed it with tls.ca in SMTP_URL.',
  ],
  [
    (error) => code(error) === 'ERR_SSL_WRONG_VERSION_NUMBER',
    'encrypt',
    'This port does not speak TLS from the start. Write smtp:// instead of smtps://, or name another port.',
  ],
  [
    (error) => command(error) === 'STARTTLS',
    'encrypt',
    'The server does not encrypt, and TLS is required. Use a port with TLS, or smtps:// for TLS from the start.',
  ],
  [isTlsFailure, 'encrypt', 'The TLS handshake failed. Check which protocols and keys the server accepts.'],
  [
    (error) => code(error) === 'EDNS' || /ENOTFOUND|EAI_AGAIN/.test(code(error)),
    'connect',
    'The host of SMTP_URL is unknown. Check its spelling and the name server of this machine.',
  ],
  [
    (error) => code(error) === 'ECONNREFUSED',
    'connect',
    'No server listens at this host and port. Check both in SMTP_URL; in a container, localhost is the container itself.',
  ],
  [
    (error) => error.timeoutType === 'GREETING_TIMEOUT',
    'greet',
    'The server is silent. If this port speaks TLS from the start, as 465 does, write smtps:// instead of smtp://.',
  ],
  [
    (error) => error.timeoutType === 'CONNECT_TIMEOUT' || /UNREACH|ETIMEDOUT/.test(code(error)),
    'connect',
    'The server does not answer. A firewall may be in between: many networks block port 25, and 587 is open.',
  ],
  [
    (error) => /^(EHLO|HELO)$/.test(command(error)),
    'greet',
    'The server refuses the name that this server calls itself. Set another one with the parameter name in SMTP_URL.',
  ],
  [
    (error) => code(error) === 'EAUTH' || command(error).startsWith('AUTH'),
    'sign in',
    'Check user and password in SMTP_URL. Their special characters must be percent-encoded: @ is %40, / is %2F.',
  ],
  [
    (error) => command(error) === 'MAIL FROM',
    'send',
    'The server does not take this sender. Set MAIL_FROM to an address that it may send for, or sign in with a user.',
  ],
  [
    (error) => command(error) === 'RCPT TO',
    'send',
    'The server does not take this recipient. If the address is right, the server may want a user and a password.',
  ],
  [(error) => command(error) === 'DATA', 'send', 'The server refused the mail itself. Its words say why.'],
]

/** Tells which step an error ended, and what the operator can do. */
export function adviseOn(error: unknown, { encryption }: SmtpServer): { step: MailTestStep; advice: string } {
  const known = error instanceof Error ? RULES.find(([matches]) => matches(error as SmtpError)) : undefined
  if (known) return { step: known[1], advice: known[2] }
  const step = encryption === 'tls' ? 'connect' : 'greet'
  return { step, advice: 'The connection was lost. The log of the SMTP server may say why.' }
}
