import { ERROR_CODES, LatchkeyError } from '@latchkey/client'
import { MFA_ERROR_CODES } from '@latchkey/client/mfa'
import { SOCIAL_ERROR_CODES } from '@latchkey/client/social'
import { PASSWORD_ATTRIBUTES, passwordTooSimilar, SENTENCES } from '@latchkey/contract/sentences'
import type { Messages } from '../languages/create-messages.ts'
import { useMessages } from '../languages/language-store.ts'

/** Any time to wait of this length has two digits, in seconds or in minutes. */
const LONG_WAITS_SECONDS = [88, 80 * 60]
const UNFIT_PASSWORD = [
  ...PASSWORD_ATTRIBUTES.map((attribute) => passwordTooSimilar(attribute)),
  SENTENCES.passwordTooShort,
  SENTENCES.passwordTooCommon,
  SENTENCES.passwordNumeric,
  SENTENCES.passwordsDiffer,
]

/** What only the way back from a provider is refused for. It is told at the head of a page, which keeps no room. */
const TOLD_ELSEWHERE = ['email_already_registered', 'local_account_unverified', 'provider_email_unverified']

/** The longest sentences that may appear in a place of the page, in one language. */
export interface Longest {
  /** The longest failure. Every act can fail with it. */
  failure: string
  /** The longest of some sentences of the contract about a field, and of the sentence for an empty field. */
  ofField(sentences: readonly string[], blank?: string): string
}

const known = new WeakMap<Messages, Longest>()

/** Returns the longest sentences in the current language, for the room that a page keeps. */
export function useLongest(): Longest {
  return findLongest(useMessages())
}

/** Finds the longest sentences of a language. */
export function findLongest(messages: Messages): Longest {
  const found = known.get(messages) ?? {
    failure: pickLongest(listFailures().map(messages.describeFailure)),
    ofField: (sentences, blank = '') =>
      pickLongest([...sentences.map(messages.describeFieldSentence), blank]),
  }
  known.set(messages, found)
  return found
}

/** The sentences of the contract about a new password. */
export const PASSWORD_SENTENCES: readonly string[] = UNFIT_PASSWORD

function listFailures(): LatchkeyError[] {
  const waits = [undefined, ...LONG_WAITS_SECONDS]
  const all = [...ERROR_CODES, ...MFA_ERROR_CODES, ...SOCIAL_ERROR_CODES]
  const codes = all.filter((code) => !TOLD_ELSEWHERE.includes(code))
  return codes.flatMap((code) =>
    waits.map((retryAfterSeconds) => new LatchkeyError(code, '', { retryAfterSeconds })),
  )
}

function pickLongest(sentences: readonly string[]): string {
  return sentences.reduce((longest, next) => (next.length > longest.length ? next : longest), '')
}
