import type { SecondFactorAnswer, SetupAnswer } from '../generated/bodies.ts'
import { createFailure } from '../http/error.ts'
import type { RegisterResult } from './sign-in-results.ts'

/** The answer to a right first factor that brings no tokens: one of these, or a sentence. */
type Answer = Partial<Omit<SecondFactorAnswer & SetupAnswer, 'methods' | 'expires_in'>> & {
  methods: never
  expires_in: number
}

/**
 * Describes the answer to a right first factor that brings no tokens.
 *
 * @param isSignUp - a sign-up may have to wait for its mailed link
 * @throws {LatchkeyError} `unexpected_answer` - the answer names no next step
 */
export function describeNextStep(answer: unknown, isSignUp: boolean): RegisterResult {
  const {
    challenge_id: challengeId,
    setup_challenge_id: setupChallengeId,
    passkey_options: passkeyOptions,
    methods,
    expires_in,
    detail,
  } = answer as Answer
  const due = { methods, expiresAt: new Date(Date.now() + expires_in * 1000) }
  if (challengeId) return { ...due, status: 'second_factor_required', challengeId, passkeyOptions }
  if (setupChallengeId) return { ...due, status: 'second_factor_setup_required', setupChallengeId, detail }
  if (isSignUp && detail) return { status: 'verification_required', detail }
  throw createFailure('unexpected_answer')
}
