import { createHmac } from 'node:crypto'
import { hashLinkSecret } from '../../steps/link-secret.ts'

/** The secrets of an attempt towards the provider. */
export interface AttemptSecrets {
  nonce: string
  codeVerifier: string
}

const MARK_CHARACTERS = 8

/**
 * Derives the `nonce` and the `code_verifier` towards the provider from the secret in the browser's cookie.
 *
 * They are stored nowhere: neither a copy of the database nor the `SECRET_KEY` gives them, and a new `SECRET_KEY`
 * ends no attempt.
 *
 * @see decision 146
 */
export function deriveAttemptSecrets(browserSecret: string): AttemptSecrets {
  const derive = (use: string) => createHmac('sha256', browserSecret).update(use).digest('base64url')
  return { nonce: derive('nonce'), codeVerifier: derive('code_verifier') }
}

/** The mark in the name of an attempt's cookie. Each attempt has a cookie of its own, so that two tabs can begin at once. */
export function markAttempt(state: string): string {
  return hashLinkSecret(state).slice(0, MARK_CHARACTERS)
}
