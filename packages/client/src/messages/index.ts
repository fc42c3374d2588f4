import { DEAD_LINK_SENTENCES, DENIAL_SENTENCES } from '../generated/field-sentences.ts'
import { isLatchkeyError, type LatchkeyError } from '../http/error.ts'
import type { SignedOutReason } from '../session/session-state.ts'
import { writeWait } from './count.ts'
import { translateFields, translateSentence } from './describe-fields.ts'
import { FALLBACK, type FoundMessages, findMessages, type WantedLanguages } from './languages.ts'

export { loadMessages, MESSAGE_LANGUAGES, type WantedLanguages } from './languages.ts'
export type { CountedMessage, Messages } from './message-keys.ts'

/** The sentences for people that describe an error. */
export interface ErrorDescription {
  /** The sentence for the form or the page as a whole. */
  message: string
  /**
   * The sentences for each refused field, by its name; empty when no field was refused. What is wrong with several fields
   * together is under `non_field_errors`, and in `message` too.
   */
  fields: Record<string, string[]>
}

/**
 * Describes an error to people.
 *
 * Every code has a sentence, and every sentence of the server about a field too. The sentences of the contract stay as
 * they are: they are for programs that compare them.
 *
 * @param error - anything that was thrown
 * @param language - a BCP 47 tag, or a list of them such as `navigator.languages`; English when none of them was loaded
 * by {@link loadMessages}
 */
export function describeError(error: unknown, language: WantedLanguages = FALLBACK): ErrorDescription {
  const found = findMessages(language)
  if (!isLatchkeyError(error)) return { message: found.messages.unknown, fields: {} }
  if (error.code !== 'invalid') return { message: describeCode(error, found), fields: {} }
  const fields = translateFields(error.fields, found)
  return { message: fields.non_field_errors?.join(' ') ?? found.messages.codes.invalid, fields }
}

/**
 * Describes to people why they are signed out.
 *
 * @param reason - `reason` of a state whose status is `signed_out`
 * @param language - a BCP 47 tag, or a list of them; English when none of them was loaded
 */
export function describeSignedOut(reason: SignedOutReason, language: WantedLanguages = FALLBACK): string {
  return findMessages(language).messages.signedOut[reason]
}

/**
 * Describes one sentence of the server about a field to people, for a form that checks a field before it is sent.
 *
 * @param language - a BCP 47 tag, or a list of them; English when none of them was loaded
 * @returns the sentence itself, when it is none of the contract
 */
export function describeFieldSentence(sentence: string, language: WantedLanguages = FALLBACK): string {
  return translateSentence(sentence, findMessages(language))
}

function describeCode(error: LatchkeyError, { tag, messages }: FoundMessages): string {
  const { code, retryAfterSeconds } = error
  const denial = code === 'permission_denied' ? findDenial(error.message) : undefined
  if (denial) return messages.denials[denial]
  if (isDeadLink(error)) return messages.deadLink
  if (code === 'network_error' && globalThis.navigator?.onLine === false) return messages.offline
  if (retryAfterSeconds !== undefined && (code === 'throttled' || code === 'unavailable')) {
    const wait = writeWait(messages.waits, retryAfterSeconds, tag)
    return messages.withWait[code].replace('{wait}', wait)
  }
  // A newer copy of the package may have thrown the error.
  return messages.codes[code] ?? messages.unknown
}

/** The codes are also those of a session that has ended, where signing in helps. It does not help here. */
function isDeadLink({ code, status, message }: LatchkeyError): boolean {
  const isOfLink = code === 'token_not_valid' || code === 'not_authenticated'
  return isOfLink && status === 401 && DEAD_LINK_SENTENCES.includes(message)
}

type Denial = keyof typeof DENIAL_SENTENCES

function findDenial(sentence: string): Denial | undefined {
  return (Object.keys(DENIAL_SENTENCES) as Denial[]).find((key) => DENIAL_SENTENCES[key] === sentence)
}
