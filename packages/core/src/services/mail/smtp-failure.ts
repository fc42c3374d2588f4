import { describeFailure } from './describe-failure.ts'
import type { SmtpServer } from './smtp-url.ts'

const MIN_SECRET_LENGTH = 4

/** The words of a failed SMTP command that nodemailer stores with an error. */
interface SmtpError extends Error {
  code?: string
  originalCode?: string
  timeoutType?: string
  response?: string
}

/** Answers whether a connection failed because of TLS: STARTTLS was refused, or the handshake went wrong. */
export function isTlsFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, originalCode = '', timeoutType, message } = error as SmtpError
  if (code === 'ETLS' || timeoutType === 'UPGRADE_TIMEOUT') return true
  if (code !== 'ESOCKET') return false
  // A server that hangs up in the handshake is known by Node's sentence alone. Its code is that of any lost connection.
  if (/before secure TLS connection/.test(message)) return true
  return /^(ERR_SSL|ERR_TLS|ERR_OSSL|EPROTO)/.test(originalCode) || isCertificateCode(originalCode)
}

/** Answers whether an error code is one that OpenSSL gives to a certificate. */
export function isCertificateCode(code: string): boolean {
  return /CERT|^UNABLE_TO_(GET|VERIFY)|^ERR_TLS_CERT|^HOSTNAME_MISMATCH$|^INVALID_(CA|PURPOSE)$/.test(code)
}

/** Adds to an error what failed before it. The reason in the log then names both. */
export function mentionEarlier(error: unknown, earlier: unknown): unknown {
  const words = `; before that TLS failed: ${describeFailure(earlier)}`
  return rewrite(error, (text) => text + words)
}

/** Removes the password from the words of an error. A server may quote the line that it refuses. */
export function hideCredentials(error: unknown, auth: SmtpServer['auth']): unknown {
  return auth ? rewrite(error, createMask(auth)) : error
}

/** Creates a function that replaces the password in a text, as it is and as SMTP encodes it. */
export function createMask(auth: SmtpServer['auth']): (text: string) => string {
  if (!auth) return (text) => text
  const { user, pass } = auth
  const encoded = [`\0${user}\0${pass}`, pass].map((text) => Buffer.from(text).toString('base64'))
  // A few letters are no secret, and stand in many words.
  const secrets = pass.length < MIN_SECRET_LENGTH ? encoded : [...encoded, pass]
  return (text) => secrets.reduce((masked, secret) => masked.replaceAll(secret, '(…)'), text)
}

function rewrite(error: unknown, change: (text: string) => string): unknown {
  if (!(error instanceof Error)) return error
  const smtp = error as SmtpError
  smtp.message = change(smtp.message)
  if (typeof smtp.response === 'string') smtp.response = change(smtp.response)
  return smtp
}
