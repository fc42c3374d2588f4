/** Why a browser came back from a provider without a code. */
export const RETURN_ERRORS = [
  /** The person turned back. */
  'access_denied',
  /** The provider wants the person to do something there, and was asked for `prompt=none`. */
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
  /** The provider cannot be reached, or says so. */
  'provider_unavailable',
  /** What the provider said could not be verified. */
  'invalid_social_token',
  'client_id_mismatch',
  'token_required',
  'flow_not_supported',
  'provider_not_configured',
  /** The attempt was used before, or is too old. */
  'challenge_invalid',
  /** A word that only a newer server knows. */
  'unexpected_answer',
] as const

/** One of {@link RETURN_ERRORS}. */
export type ReturnError = (typeof RETURN_ERRORS)[number]

/** Reads the `error` in the address to which a browser came back. */
export function readReturnError(word: string | undefined): ReturnError {
  return RETURN_ERRORS.find((known) => known === word) ?? 'unexpected_answer'
}
