import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from './time.ts'

/** How many calls are allowed in how many seconds. */
export interface RateLimit {
  calls: number
  seconds: number
}

/** The names of the limits, each with counters of its own; {@link ThrottleLimits} says what each limit counts. */
export const LIMIT_NAMES = ['anon', 'user', 'refresh', 'login', 'loginEmail', 'mail', 'unproven'] as const

/** One of {@link LIMIT_NAMES}. */
export type LimitName = (typeof LIMIT_NAMES)[number]

/** The limits in force; null turns a limit off. */
export interface ThrottleLimits {
  /** Calls from one network on the paths that need no token. */
  anon: RateLimit | null
  /** Calls of one session from one network on the paths that need a token; refused tokens from one network. */
  user: RateLimit | null
  /** Refreshes of one session from one network. */
  refresh: RateLimit | null
  /** Password attempts for one email address, and password checks of one session, from one network. */
  login: RateLimit | null
  /** The same from all networks together; networks the user signed in from are exempt. */
  loginEmail: RateLimit | null
  /** Mails to one mailbox that strangers can cause; notices of one kind to it; changes of address that a user asks for. */
  mail: RateLimit | null
  /** Notices to one mailbox that was never proven. */
  unproven: RateLimit | null
}

/** All limits turned off. */
export const NO_LIMITS: ThrottleLimits = {
  anon: null,
  user: null,
  refresh: null,
  login: null,
  loginEmail: null,
  mail: null,
  unproven: null,
}

const UNIT_SECONDS = { s: 1, m: MINUTE_SECONDS, h: HOUR_SECONDS, d: DAY_SECONDS } as const

/** Reads a limit such as `60/m`: 1 to 999,999,999 per `s`, `m`, `h` or `d`. Null for any other text. */
export function parseRateLimit(text: string): RateLimit | null {
  const match = /^([1-9]\d{0,8})\/([smhd])$/.exec(text.trim())
  if (!match) return null
  return { calls: Number(match[1]), seconds: UNIT_SECONDS[match[2] as keyof typeof UNIT_SECONDS] }
}
