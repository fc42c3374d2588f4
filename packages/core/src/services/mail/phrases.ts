import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from '../../words/time.ts'

const UNITS = [
  ['day', DAY_SECONDS],
  ['hour', HOUR_SECONDS],
  ['minute', MINUTE_SECONDS],
] as const

const TIME = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
})

/** Writes the life of a link in words: `3 days`, `1 hour`, `90 minutes`. Whole minutes, at least one. */
export function describeDuration(seconds: number): string {
  const [name, unit] =
    UNITS.find(([, unitSeconds]) => seconds >= unitSeconds && seconds % unitSeconds === 0) ?? UNITS[2]
  const count = Math.max(1, Math.floor(seconds / unit))
  return `${count} ${name}${count === 1 ? '' : 's'}`
}

/** Writes where a call came from: `Firefox on Windows, network 192.0.2.0/24`. */
export function describeOrigin(origin: {
  browser: string | null
  os: string | null
  network: string | null
}): string {
  const known = [origin.browser, origin.os].filter((name) => name !== null)
  const device = known.join(' on ') || 'an unknown device'
  return `${device}, ${origin.network === null ? 'unknown network' : `network ${origin.network}`}`
}

/** Writes a time in words: `22 November 2025 at 19:29 UTC`. */
export function describeTime(time: Date): string {
  return `${TIME.format(time)} UTC`
}
