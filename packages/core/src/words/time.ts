/** Seconds in a minute. */
export const MINUTE_SECONDS = 60
/** Seconds in an hour. */
export const HOUR_SECONDS = 60 * MINUTE_SECONDS
/** Seconds in a day. */
export const DAY_SECONDS = 24 * HOUR_SECONDS

const UNIT_SECONDS = { s: 1, m: MINUTE_SECONDS, h: HOUR_SECONDS, d: DAY_SECONDS } as const

/** Reads a duration: `90s`, `15m`, `2h`, `14d`, or a number of seconds without a unit. Null for any other text. */
export function parseDurationSeconds(text: string): number | null {
  const match = /^(\d{1,9})([smhd]?)$/.exec(text.trim())
  if (!match) return null
  const unit = (match[2] || 's') as keyof typeof UNIT_SECONDS
  return Number(match[1]) * UNIT_SECONDS[unit]
}
