import type { SessionLevel } from './claims.ts'

/** What the second step of a sign-in adds to the level of the first one, as words of RFC 8176. */
export const TOTP_WORDS = ['otp', 'mfa'] as const

/** The level of a session after a password and the code of an authenticator app. */
export const TOTP_LEVEL: SessionLevel = { acr: 'aal2', amr: 'pwd otp mfa', passkeyId: null }

/** As {@link TOTP_WORDS}, for a recovery code. The word `recovery_code` is our own. */
export const RECOVERY_WORDS = ['recovery_code', 'mfa'] as const

/** The level of a session after a password and a recovery code. */
export const RECOVERY_LEVEL: SessionLevel = { acr: 'aal2', amr: 'pwd recovery_code mfa', passkeyId: null }
