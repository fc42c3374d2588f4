import { isLatchkeyError, LatchkeyError } from '@latchkey/client'
import type { ReturnError } from '@latchkey/client/social'
import type { Sentence } from '../languages/create-messages.ts'
import type { Purpose } from './return-address.ts'

/** What a provider says of a person that it wants to ask something first. */
const ASKS_FIRST: readonly string[] = [
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
] satisfies ReturnError[]
/** What the server says of a code that is used or too old. */
const TOO_LATE: readonly string[] = ['token_not_valid', 'challenge_invalid']

/**
 * Describes why a way over a provider has led nowhere.
 *
 * @returns null for a person who turned back at the provider, and knows it
 */
export function describeRefusal(code: ReturnError, purpose: Purpose): Sentence {
  if (code === 'access_denied') return null
  if (ASKS_FIRST.includes(code)) return ({ t }) => t('providers.asksFirst')
  if (TOO_LATE.includes(code)) return describeLate(purpose)
  // A word that nobody here knows is one of the provider.
  const known = code === 'unexpected_answer' ? 'invalid_social_token' : (code as 'provider_unavailable')
  return ({ describeFailure }) => describeFailure(new LatchkeyError(known, ''))
}

/** Describes a call that was refused after the browser came back. */
export function describeFailedCall(error: unknown, purpose: Purpose): Sentence {
  const code = isLatchkeyError(error) ? error.code : ''
  // The code is too old, or it is one of another account than those that are connected.
  if (code === 'challenge_invalid' && purpose === 'reauthenticate')
    return ({ t }) => t('providers.notConfirmed')
  if (TOO_LATE.includes(code)) return describeLate(purpose)
  return ({ describeFailure }) => describeFailure(error)
}

function describeLate(purpose: Purpose): Sentence {
  return ({ t }) => t(purpose === 'sign_in' ? 'secondStep.expired' : 'providers.tooLate')
}
