import { isIP } from 'node:net'
import { DAY_SECONDS, parseDurationSeconds } from '@latchkey/core'
import { setting } from './setting.ts'

/** A switch: `true` or `false`, also `1`/`0`, `yes`/`no`, `on`/`off`. */
export function flag() {
  const values = new Map([
    ...['true', '1', 'yes', 'on'].map((word) => [word, true] as const),
    ...['false', '0', 'no', 'off'].map((word) => [word, false] as const),
  ])
  return setting({ expected: 'true or false', read: (text) => values.get(text.toLowerCase()) })
}

/** A whole number within bounds. */
export function integer(bounds: { min: number; max: number }) {
  return setting({
    expected: `a whole number from ${bounds.min} to ${bounds.max}`,
    read: (text) => {
      const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
      return value >= bounds.min && value <= bounds.max ? value : undefined
    },
  })
}

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return setting({
    expected: `one of ${words.join(', ')}`,
    read: (text) => words.find((word) => word === text),
  })
}

/** One of a few words in any case. The keys of `meanings` are in lower case, and several may have the same value. */
export function words<const Meaning extends string>(meanings: Record<string, Meaning>) {
  return setting({
    expected: `one of ${Object.keys(meanings).join(', ')}`,
    read: (text) => (Object.hasOwn(meanings, text.toLowerCase()) ? meanings[text.toLowerCase()] : undefined),
  })
}

/** Ten years. A longer duration is a typing error, and its dates would overflow. */
const MAX_DURATION_DAYS = 3650

/**
 * A duration in seconds, written `90`, `90s`, `15m`, `2h` or `14d`.
 *
 * @param bounds.maxSeconds - ten years unless given
 */
export function duration(bounds: Bounds) {
  return setting(describeDuration(bounds))
}

/** A {@link duration}, or `off`. {@link readOff} makes null of it. */
export function durationOrOff(bounds: Bounds) {
  const { expected, read } = describeDuration(bounds)
  return setting({
    expected: `${expected}, or off`,
    read: (text) => (text.toLowerCase() === 'off' ? ('off' as const) : read(text)),
  })
}

/** Reads a value that may be `off`, which is null, or not set. */
export function readOff(value: number | 'off' | undefined, unset: number): number | null {
  return value === 'off' ? null : (value ?? unset)
}

interface Bounds {
  minSeconds: number
  maxSeconds?: number
}

/** Tells the form of a duration within bounds, and reads one. */
export function describeDuration({ minSeconds, maxSeconds = MAX_DURATION_DAYS * DAY_SECONDS }: Bounds) {
  const least = minSeconds > 0 ? ` of at least ${minSeconds}s and` : ' of'
  const most = maxSeconds % DAY_SECONDS === 0 ? `${maxSeconds / DAY_SECONDS}d` : `${maxSeconds}s`
  return {
    expected: `a duration${least} at most ${most}, such as 90s, 15m, 2h or 14d`,
    read: (text: string) => {
      const seconds = parseDurationSeconds(text)
      return seconds !== null && seconds >= minSeconds && seconds <= maxSeconds ? seconds : undefined
    },
  }
}

/** The name or address of a network interface. */
export function host() {
  return setting({
    expected: 'an address or a host name such as 127.0.0.1',
    read: (text) => (isIP(text) || /^[A-Za-z0-9.-]{1,253}$/.test(text) ? text : undefined),
  })
}

/** Splits a list at commas and spaces. */
export function splitWords(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '')
}
