/** Before and after them, PostgreSQL and JavaScript write a time in different ways. */
const FIRST_YEAR = 1
const LAST_YEAR = 9999

/**
 * Makes a date of the milliseconds that a statement gives.
 *
 * @returns null for null, and for a year that has no four digits
 */
export function toDate(milliseconds: number | null): Date | null {
  const date = new Date(milliseconds ?? Number.NaN)
  const year = date.getUTCFullYear()
  return year >= FIRST_YEAR && year <= LAST_YEAR ? date : null
}
