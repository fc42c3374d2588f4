import type { SessionLevel } from './claims.ts'

/** What the second step of a sign-in adds to the level of the first one, as words of RFC 8176. */
export const TOTP_WORDS = ['otp', 'mfa'] as const

/** As {@link TOTP_WORDS}, for a recovery code. The word `recovery_code` is our own. */
export const RECOVERY_WORDS = ['recovery_code', 'mfa'] as const

/**
 * Names the first factor of a sign-in as a word of RFC 8176: `fed` for an account at a provider, whatever the provider says
 * that it asked for, else `pwd`.
 *
 * @param method - how the first factor was proven
 */
export function describeFirstFactor(method: string): 'pwd' | 'fed' {
  return method === 'social' ? 'fed' : 'pwd'
}

/** Describes the level of a session after a first factor alone. */
export function describeFirstLevel(method: string): SessionLevel {
  return { acr: 'aal1', amr: describeFirstFactor(method), passkeyId: null }
}

/**
 * Describes the level of a session after a first factor and a code.
 *
 * @param words - {@link TOTP_WORDS} or {@link RECOVERY_WORDS}
 */
export function describeCodeLevel(method: string, words: readonly string[]): SessionLevel {
  return { acr: 'aal2', amr: [describeFirstFactor(method), ...words].join(' '), passkeyId: null }
}
