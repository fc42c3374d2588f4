import type { Formats } from '@latchkey/languages'

const MINUTE_MILLISECONDS = 60_000

/** Writes times in one language. Each time is an ISO 8601 text. */
export interface Times {
  /** The day: `Nov 26, 2026`. */
  formatDay(at: string): string
  /** The day with hour and minute. */
  formatTime(at: string): string
  /** How long ago a time was: `2 hours ago`. */
  formatRelative(at: string, now?: number): string
}

/**
 * Creates the writer of times of a language.
 *
 * @param justNow - the words for less than a minute ago
 */
export function createTimes(formats: Formats, justNow: string): Times {
  return {
    formatDay: (at) => formats.dateTime(Date.parse(at), { dateStyle: 'medium' }),
    formatTime: (at) => formats.dateTime(Date.parse(at), { dateStyle: 'medium', timeStyle: 'short' }),
    formatRelative: (at, now = Date.now()) =>
      now - Date.parse(at) < MINUTE_MILLISECONDS ? justNow : formats.ago(Date.parse(at), now),
  }
}
