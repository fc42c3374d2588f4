import type { SessionInfo } from '@latchkey/client'
import type { IconName } from '../layout/icons.tsx'

/** The known parts of a device. */
export type Device = Pick<SessionInfo, 'browser' | 'os' | 'device'>

const MINUTE_SECONDS = 60
const HOUR_SECONDS = 60 * MINUTE_SECONDS
const DAY_SECONDS = 24 * HOUR_SECONDS
const GENERIC = ['desktop', 'mobile', 'tablet']
const MOBILE = /^(?:Android|iOS|iPadOS)$/

const ago = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** Describes the device of a session: `Firefox on Linux`, `Safari on Apple iPhone`. */
export function describeDevice({ browser, os, device }: Device): string {
  const machine = device && !GENERIC.includes(device) && device !== 'Apple' ? device : os
  if (browser && machine) return `${browser} on ${machine}`
  return browser ?? machine ?? 'An unknown device'
}

/** Picks the icon of a device. */
export function pickDeviceIcon({ os, device }: Device): IconName {
  if (device === 'mobile' || device === 'tablet' || (os && MOBILE.test(os))) return 'phone'
  return os === null ? 'terminal' : 'computer'
}

/**
 * Describes how long ago a time was.
 *
 * @param at - ISO 8601
 */
export function describeAge(at: string, now = Date.now()): string {
  // The clock of the server may be ahead of the clock of the browser.
  const seconds = Math.max(0, (now - Date.parse(at)) / 1000)
  if (seconds < MINUTE_SECONDS) return 'just now'
  if (seconds < HOUR_SECONDS) return ago.format(-Math.floor(seconds / MINUTE_SECONDS), 'minute')
  if (seconds < DAY_SECONDS) return ago.format(-Math.floor(seconds / HOUR_SECONDS), 'hour')
  return ago.format(-Math.floor(seconds / DAY_SECONDS), 'day')
}
