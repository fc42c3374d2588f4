import {
  describeError,
  describeFieldSentence,
  loadMessages,
  MESSAGE_LANGUAGES,
} from '@latchkey/client/messages'
import type { FieldErrors, RefusalCode } from '@latchkey/contract'
import type { Site } from './site.ts'

// A page is drawn in one step, so every language is there before the first one.
await Promise.all(MESSAGE_LANGUAGES.map(loadMessages))

export interface RefusalShape {
  code: RefusalCode
  detail: string
  fields?: FieldErrors
  retryAfterSeconds?: number
}

/**
 * Describes a refusal to a person, in the words that every app of the client has too.
 *
 * The sentences about the fields stand at the fields where people look for them.
 */
export function describeToPerson({ t }: Site, refusal: RefusalShape): ReturnType<typeof describeError> {
  const { code, detail, fields = {}, retryAfterSeconds } = refusal
  // The client knows its errors by their name.
  const error = Object.assign(new Error(detail), {
    name: 'LatchkeyError',
    code,
    status: 0,
    fields,
    retryAfterSeconds,
  })
  return describeError(error, t.language)
}

/** Describes one sentence of the contract about a field to a person. */
export function describeSentence({ t }: Site, sentence: string): string {
  return describeFieldSentence(sentence, t.language)
}
