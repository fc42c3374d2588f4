/**
 * Reads the `Retry-After` of an answer: seconds, or a date.
 *
 * A date is compared with the `Date` of the same answer, because the local clock may be wrong. A browser hides that
 * header of another origin; then the local clock counts.
 *
 * @returns whole seconds; undefined when there is no such header, or a broken one
 */
export function readRetryAfter(headers: Headers): number | undefined {
  const header = headers.get('retry-after') ?? ''
  if (/^\d+$/.test(header)) return Number(header)
  const milliseconds = parseDate(header) - (parseDate(headers.get('date')) || Date.now())
  return milliseconds > -Infinity ? Math.max(0, Math.ceil(milliseconds / 1000)) : undefined
}

/** Parses `Sun, 06 Nov 1994 08:49:37 GMT`, or one of the two obsolete forms (RFC 9110, section 5.6.7). */
function parseDate(text: string | null): number {
  // The form without a zone is in GMT too. Without a time it is no date.
  return Date.parse(/^[A-Z].*:\d\d/.test(text ?? '') ? `${text}`.replace(/( GMT)?$/, ' GMT') : '')
}
