const MAX_LENGTH = 300

/**
 * Describes why a mail was not delivered, without secrets, for the log and the database.
 *
 * SMTP servers quote the mail they refuse. So addresses are masked, and links and possible secrets are removed.
 */
export function describeFailure(error: unknown): string {
  return (
    findWords(error)
      .replace(/\p{Cc}+/gu, ' ')
      // Node's advice for an unknown certificate does not help here. The parameter tls.ca of SMTP_URL does.
      .replace(/; if the root CA is installed locally.*/, '')
      .replace(/[a-z][a-z0-9+.-]*:\/\/\S+/gi, '(link)')
      .replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, maskAddress)
      .replace(/[\w=-]{32,}/g, '(…)')
      .slice(0, MAX_LENGTH)
  )
}

/** The answer of the SMTP server, or the message of the error. */
function findWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // The message of a refused STARTTLS names the step, and ends with the answer.
  if ('code' in error && error.code === 'ETLS') return error.message
  return 'response' in error && typeof error.response === 'string' ? error.response : error.message
}

/** Masks an email address for a log: `a…@example.com`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, 1)}…${at < 0 ? '' : address.slice(at)}`
}
