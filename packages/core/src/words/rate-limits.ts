import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from './time.ts'

/** So many calls in so many seconds. */
export interface RateLimit {
  calls: number
  seconds: number
}

/** What is counted apart from everything else, and by what. */
export const LIMIT_NAMES = ['anon', 'user', 'refresh', 'login', 'loginEmail', 'mail'] as const

/** One of {@link LIMIT_NAMES}. */
export type LimitName = (typeof LIMIT_NAMES)[number]

/** The limits in force; null means that nothing is counted. */
export interface ThrottleLimits {
  /** Of one client address on the paths open to anyone. */
  anon: RateLimit | null
  /** Of one user on the paths that need a token. */
  user: RateLimit | null
  /** Of one session's refreshes. */
  refresh: RateLimit | null
  /** Of attempts on one address's password from one client address, and of one session on its own password. */
  login: RateLimit | null
  /** Of attempts on one address's password from everywhere, but for networks its user signed in from. */
  loginEmail: RateLimit | null
  /** Of mail one mailbox is sent at the wish of others. */
  mail: RateLimit | null
}

/** Nothing is counted. */
export const NO_LIMITS: ThrottleLimits = {
  anon: null,
  user: null,
  refresh: null,
  login: null,
  loginEmail: null,
  mail: null,
}

const UNIT_SECONDS = { s: 1, m: MINUTE_SECONDS, h: HOUR_SECONDS, d: DAY_SECONDS } as const

/** Reads a limit like `60/m`: 1 to 999,999,999 and the unit `s`, `m`, `h` or `d`; null for any other text. */
export function parseRateLimit(text: string): RateLimit | null {
  const match = /^([1-9]\d{0,8})\/([smhd])$/.exec(text.trim())
  if (!match) return null
  return { calls: Number(match[1]), seconds: UNIT_SECONDS[match[2] as keyof typeof UNIT_SECONDS] }
}
