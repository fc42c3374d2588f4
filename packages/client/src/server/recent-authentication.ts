import { type NumberNames, type NumberOption, readNumbers } from '../http/number-option.ts'
import type { Acr, Identity } from './identity.ts'
import { AccessRefusal, type WantedAuthentication } from './refusal.ts'

/** How recently and how surely a user must have proven who it is. */
export interface RecentAuthentication {
  /** The longest time since the user proved it; 1 to `Infinity`, 900 unless given. With `Infinity` only `acr` counts. */
  maxAgeSeconds?: number
  /** The least level; `aal1` unless given. */
  acr?: Acr
  /**
   * The largest accepted difference of the clocks; 0 to 3600.
   *
   * A guard takes that of its verifier unless given, and {@link requireRecentAuthentication} takes 5.
   */
  clockToleranceSeconds?: number | undefined
}

/** The difference of the clocks, for the expiry of a token and for the age of an authentication. */
export const CLOCK_TOLERANCE: NumberOption = { fallback: 5, min: 0, max: 3600 }

/** The options that are numbers. */
export const RECENT_NUMBERS: Readonly<Record<NumberNames<RecentAuthentication>, NumberOption>> = {
  maxAgeSeconds: { fallback: 900, min: 1, max: Number.POSITIVE_INFINITY },
  clockToleranceSeconds: CLOCK_TOLERANCE,
}

/**
 * Requires that the user has proven who it is a short time ago, and by two factors where `acr` asks for them.
 *
 * The time is `auth_time` of the token: a refresh does not move it. Another sign-in does.
 *
 * @throws {AccessRefusal} `insufficient_user_authentication`
 * @throws {RangeError} an option is out of its bounds
 * @see RFC 9470
 */
export function requireRecentAuthentication(identity: Identity, options: RecentAuthentication = {}): void {
  createRecencyCheck(options)(identity)
}

/**
 * Creates the check of {@link requireRecentAuthentication}, so that a wrong option is found when a guard is made.
 *
 * @throws {RangeError} an option is out of its bounds
 */
export function createRecencyCheck(options: RecentAuthentication): (identity: Identity) => void {
  const { maxAgeSeconds, clockToleranceSeconds } = readNumbers(options, RECENT_NUMBERS)
  const acr = options.acr ?? 'aal1'
  // A misspelt level would ask for nothing.
  if (acr !== 'aal1' && acr !== 'aal2') throw new RangeError(`acr must be aal1 or aal2: ${acr}`)
  const wanted: WantedAuthentication = {
    ...(acr === 'aal2' && { acr_values: acr }),
    ...(maxAgeSeconds < Infinity && { max_age: Math.floor(maxAgeSeconds) }),
  }
  return (identity) => {
    const ageSeconds = (Date.now() - identity.authTime.getTime()) / 1000
    // The age of an invalid date is no number, and no number is below the limit.
    const isRecent = ageSeconds <= maxAgeSeconds + clockToleranceSeconds
    if (isRecent && (acr === 'aal1' || identity.acr === 'aal2')) return
    throw new AccessRefusal('insufficient_user_authentication', { wanted })
  }
}
