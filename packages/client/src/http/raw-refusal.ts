import { refusesToken } from './read-refusal.ts'

/** Codes of a 401 that the main entry does not know. Its operations are refused with none of them. */
const OTHER_REFUSALS_OF_ENTRIES = /^(unknown_passkey|invalid_social_token|client_id_mismatch)$/

/** Answers whether a 401 with this code refuses the access token, for a call that may be one of any entry. */
export function refusesTokenOfAny(code = ''): boolean {
  return refusesToken(code) && !OTHER_REFUSALS_OF_ENTRIES.test(code)
}
