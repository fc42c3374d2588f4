import { memoize } from './memoize.ts'

const MINUTE_SECONDS = 60
const HOUR_SECONDS = 60 * MINUTE_SECONDS
const DAY_SECONDS = 24 * HOUR_SECONDS
const UNITS = [
  ['day', DAY_SECONDS],
  ['hour', HOUR_SECONDS],
  ['minute', MINUTE_SECONDS],
  ['second', 1],
] as const
/** A duration is given in its two largest units. */
const MAX_UNITS = 2

/** Dates, durations and lists in the words of one language. */
export interface Formats {
  /** Writes a date, a time or both, in the time zone of the translator. */
  dateTime(date: Date | number, style: Intl.DateTimeFormatOptions): string
  /** Writes a time span in its two largest units: `3 days`, `1 hour, 30 minutes`. */
  duration(seconds: number): string
  /** Writes how long ago a time was: `yesterday`, `5 minutes ago`. */
  ago(date: Date | number, now: Date | number): string
  /** Writes a list: `a, b, and c`. */
  list(items: readonly string[], type?: Intl.ListFormatType): string
}

/** Creates the formats of a language. */
export function createFormats(locale: string, timeZone: string | undefined): Formats {
  const unit = memoize(
    UNITS.length,
    (name) => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }),
  )
  return {
    dateTime: (date, style) => new Intl.DateTimeFormat(locale, { timeZone, ...style }).format(date),
    duration: (seconds) => {
      const parts = splitDuration(seconds).map(([name, count]) => unit(name).format(count))
      return new Intl.ListFormat(locale, { type: 'unit' }).format(parts)
    },
    ago: (date, now) => {
      const seconds = Math.max(0, Math.floor((Number(now) - Number(date)) / 1000))
      const [name, size] = UNITS.find(([, length]) => seconds >= length) ?? UNITS[3]
      const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
      return format.format(-Math.floor(seconds / size), name)
    },
    list: (items, type = 'conjunction') => new Intl.ListFormat(locale, { type }).format(items),
  }
}

function splitDuration(seconds: number): [string, number][] {
  let rest = Math.max(0, Math.round(seconds))
  const parts = UNITS.map(([name, size]): [string, number] => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return [name, count]
  })
  const first = parts.findIndex(([, count]) => count > 0)
  if (first === -1) return [['second', 0]]
  return parts.slice(first, first + MAX_UNITS).filter(([, count]) => count > 0)
}
