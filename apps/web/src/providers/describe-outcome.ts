import { isLatchkeyError, LatchkeyError, type LatchkeyErrorCode } from '@latchkey/client'
import type { Sentence } from '../languages/create-messages.ts'
import type { Purpose } from './return-address.ts'

/** What a provider says of a person that it wants to ask something first. */
const ASKS_FIRST = [
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]
/** What the server says of a code that is used or too old. */
const TOO_LATE = ['token_not_valid', 'challenge_invalid']

/**
 * Describes why a way over a provider has led nowhere.
 *
 * @param code - a code of the server, or the word of the provider
 * @returns null for a person who turned back at the provider, and knows it
 */
export function describeRefusal(code: string, purpose: Purpose): Sentence {
  if (code === 'access_denied') return null
  if (ASKS_FIRST.includes(code)) return ({ t }) => t('providers.asksFirst')
  if (TOO_LATE.includes(code))
    return ({ t }) => t(purpose === 'sign_in' ? 'secondStep.expired' : 'providers.tooLate')
  return ({ describeFailure }) => describeFailure(new LatchkeyError(code as LatchkeyErrorCode, ''))
}

/** Describes a call that was refused after the browser came back. */
export function describeFailedCall(error: unknown, purpose: Purpose): Sentence {
  if (isLatchkeyError(error) && TOO_LATE.includes(error.code)) return describeRefusal(error.code, purpose)
  return ({ describeFailure }) => describeFailure(error)
}
