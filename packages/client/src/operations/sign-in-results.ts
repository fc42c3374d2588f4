import type { PasskeyRequest } from '../generated/bodies.ts'
import type { SignedIn } from '../session/session-state.ts'

/**
 * What a right first factor leads to, by `status`.
 *
 * Only `signed_in` is a session. The others are the next step, which the operations of `@latchkey/client/mfa` take.
 */
export type SignInResult = SignedIn | SecondFactorRequired | SecondFactorSetupRequired

/** The first factor was right, and the second one is due. */
export interface SecondFactorRequired {
  readonly status: 'second_factor_required'
  /** Opens the next step, and nothing else. Keep it in memory. */
  readonly challengeId: string
  /** What the account can be proven with, the best first. */
  readonly methods: readonly ('passkey' | 'totp' | 'recovery_code')[]
  /** For `verify` of `@latchkey/client/passkeys`; only with `passkey` among the methods. */
  readonly passkeyOptions?: PasskeyRequest | undefined
  /** When the next step is too late. */
  readonly expiresAt: Date
}

/** The first factor was right. The server demands a second one, and the account has none yet. */
export interface SecondFactorSetupRequired {
  readonly status: 'second_factor_setup_required'
  /** Stands for the session while a factor is set up. Keep it in memory. */
  readonly setupChallengeId: string
  readonly methods: readonly ('totp' | 'passkey')[]
  /** When the next step is too late. */
  readonly expiresAt: Date
  /** The sentence of a sign-up that mailed a link as well. */
  readonly detail?: string | undefined
}

/** The user must follow a mailed link before the first sign-in. */
export interface VerificationRequired {
  readonly status: 'verification_required'
  /** The sentence of the server. */
  readonly detail: string
}

/** The result of a sign-up. */
export type RegisterResult = SignInResult | VerificationRequired
