/**
 * Splits one name into two.
 *
 * @returns the text before the first blank, and the rest: `Ada` and `King Lovelace`
 */
export function splitName(name: string): { firstName: string; lastName: string } {
  const [firstName = '', ...rest] = name.trim().split(/\s+/)
  return { firstName, lastName: rest.join(' ') }
}
