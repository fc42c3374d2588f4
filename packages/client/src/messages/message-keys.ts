import type { DENIAL_SENTENCES, FIELD_SENTENCES } from '../generated/field-sentences.ts'
import type { LatchkeyErrorCode } from '../http/error.ts'
import type { SignedOutReason } from '../session/session-state.ts'

/**
 * A sentence that depends on a number. The forms are those of CLDR: `one` is for numbers that the language counts as
 * one, `other` for every number without a form. `{count}` stands for the number.
 */
export interface CountedMessage extends Partial<Record<Intl.LDMLPluralRule, string>> {
  other: string
}

/** A field sentence of the server whose text has a number. */
type CountedField = 'tooLong' | 'tooShort' | 'tooSmall' | 'tooLarge'

/**
 * Every sentence of one language.
 *
 * A code of the contract, a sentence about a field or a reason without a text is an error of the types.
 */
export interface Messages {
  /** One sentence per code. `invalid` is for fields that are marked on the page. */
  codes: Record<LatchkeyErrorCode, string>
  /** The device has no network. It replaces `network_error`. */
  offline: string
  /** The sentence of a code whose refusal says how long to wait; `{wait}` stands for one of {@link Messages.waits}. */
  withWait: { throttled: string; unavailable: string }
  waits: { seconds: CountedMessage; minutes: CountedMessage; hours: CountedMessage }
  /** The refusals of `permission_denied` that say more than their code. */
  denials: Record<keyof typeof DENIAL_SENTENCES, string>
  /** A mailed link that was used, replaced or expired. It replaces the codes of a session that has ended. */
  deadLink: string
  /** Any error that is not of the client: a mistake of the program. */
  unknown: string
  fields: Record<Exclude<keyof typeof FIELD_SENTENCES, CountedField>, string> &
    Record<CountedField, CountedMessage>
  signedOut: Record<SignedOutReason, string>
}
