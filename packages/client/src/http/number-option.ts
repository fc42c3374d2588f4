/** A longer timer of JavaScript fires at once: it counts milliseconds in 31 bits. */
export const MAX_TIMER_SECONDS = 2_147_483

/** The values that an option with a number may have. */
export interface NumberOption {
  /** The value unless given. */
  readonly fallback: number
  readonly min: number
  readonly max: number
  /** Whether `Infinity` is a value too, beside those up to `max`. */
  readonly mayBeInfinite?: boolean
}

/** The names of those options that are numbers. */
export type NumberNames<Options> = {
  [Name in keyof Options]-?: NonNullable<Options[Name]> extends number ? Name : never
}[keyof Options]

/**
 * Reads the options that are numbers.
 *
 * @throws {RangeError} an option has another value than its table allows; the message names the option and the bounds
 */
export function readNumbers<Name extends string>(
  options: { readonly [key in Name]?: number | undefined },
  table: Readonly<Record<Name, NumberOption>>,
): Record<Name, number> {
  const numbers = {} as Record<Name, number>
  for (const name of Object.keys(table) as Name[])
    numbers[name] = readNumber(name, options[name], table[name])
  return numbers
}

function readNumber(name: string, given: unknown, option: NumberOption): number {
  const value = given ?? option.fallback
  if (typeof value === 'number') {
    if (value >= option.min && value <= option.max) return value
    if (value === Number.POSITIVE_INFINITY && option.mayBeInfinite) return value
  }
  const infinity = option.mayBeInfinite ? ' or Infinity' : ''
  throw new RangeError(
    `${name} must be a number from ${option.min} to ${option.max}${infinity}: ${String(value)}`,
  )
}
