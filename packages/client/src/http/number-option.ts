/** A longer timer of JavaScript fires at once: it counts milliseconds in 31 bits. */
export const MAX_TIMER_SECONDS = 2_147_483

/** The values that an option with a number may have. */
export interface NumberOption {
  /** The value unless given. */
  readonly fallback: number
  readonly min: number
  /** The largest value; `Infinity` where no limit is a choice. */
  readonly max: number
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
  const numbers = { ...options } as Record<Name, number>
  for (const name of Object.keys(table) as Name[]) {
    const { fallback, min, max } = table[name]
    numbers[name] ??= fallback
    const value: unknown = numbers[name]
    if (!(typeof value === 'number' && value >= min && value <= max))
      throw new RangeError(`${name} must be a number from ${min} to ${max}: ${value}`)
  }
  return numbers
}
