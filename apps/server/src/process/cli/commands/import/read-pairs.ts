import { UsageError } from '../../usage-error.ts'

/**
 * Reads an option of names and values: `user.email=mail,user.name=full_name`.
 *
 * @param given - undefined: no pairs
 * @throws {UsageError} naming the option
 */
export function readPairs(option: string, given: string | boolean | undefined): Record<string, string> {
  if (given === undefined) return {}
  const pairs = String(given)
    .split(',')
    .map((pair) => pair.split('=').map((part) => part.trim()))
  if (pairs.every((pair) => pair.length === 2 && pair.every(Boolean))) return Object.fromEntries(pairs)
  throw new UsageError(`--${option} takes names and values: name=value,name=value.`)
}
