/** A date of HTTP: `Sun, 06 Nov 1994 08:49:37 GMT`, or one of the two obsolete forms (RFC 9110, section 5.6.7). */
const HTTP_DATE = /^([A-Z][a-z]+,? .*\d\d:\d\d:\d\d(?: \d{4})?)( GMT)?$/

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

function parseDate(text: string | null): number {
  // The form without a zone is in GMT too.
  return Date.parse(HTTP_DATE.test(text ?? '') ? `${text}`.replace(HTTP_DATE, '$1 GMT') : '')
}
