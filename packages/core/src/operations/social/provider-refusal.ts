/** What a provider says in place of a code, as apps learn it. Any other word is `invalid_social_token`. */
const REFUSALS: Record<string, string> = {
  access_denied: 'access_denied',
  login_required: 'login_required',
  interaction_required: 'interaction_required',
  consent_required: 'consent_required',
  account_selection_required: 'account_selection_required',
  // The words of Apple and LinkedIn for a person who turned back.
  user_cancelled_authorize: 'access_denied',
  user_cancelled_login: 'access_denied',
  server_error: 'provider_unavailable',
  temporarily_unavailable: 'provider_unavailable',
}

/**
 * Finds the refusal that a browser brings back from a provider; null when it brings a code.
 *
 * A request with a code and an error is left to the verification, which refuses it.
 */
export function findRefusal(parameters: URLSearchParams): string | null {
  const [error] = parameters.getAll('error')
  if (error === undefined || parameters.has('code')) return null
  return Object.hasOwn(REFUSALS, error) ? (REFUSALS[error] ?? null) : 'invalid_social_token'
}
