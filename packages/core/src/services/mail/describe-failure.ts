const MAX_LENGTH = 300

/**
 * Says why a mail was not delivered, in words fit for a log and for the database.
 *
 * Servers quote what they refuse: addresses are masked, and what could be a link or its secret is cut out.
 */
export function describeFailure(error: unknown): string {
  return findWords(error)
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[a-z][a-z0-9+.-]*:\/\/\S+/gi, '(link)')
    .replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, maskAddress)
    .replace(/[\w=-]{32,}/g, '(…)')
    .slice(0, MAX_LENGTH)
}

/** The SMTP server's own words, or the error's. */
function findWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'response' in error && typeof error.response === 'string' ? error.response : error.message
}

/** An address as a log may show it: `a…@example.com`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, 1)}…${at < 0 ? '' : address.slice(at)}`
}
