import {
  describeError,
  describeFieldSentence,
  describeSignedOut,
  type ErrorDescription,
} from '@latchkey/client/messages'
import { type Catalogues, createTranslator, type Translator } from '@latchkey/languages'
import { Children, type ReactNode } from 'react'
import { createTimes, type Times } from './create-times.ts'
import type { Messages as Texts } from './generated/messages.ts'
import { findPasskeyFailureKey } from './passkey-failure-key.ts'
import type { ShownLanguage } from './shown-language.ts'

/** Writes the sentence of a key. `rich` writes a sentence with tags, and takes a component for each tag. */
export type Translate = Translator<Texts, ReactNode>

/** Everything that depends on the language: sentences, errors and times. */
export interface Messages extends Times {
  /** The language that was wanted. `t.language` is the one of the sentences: English where a catalogue is missing. */
  wanted: ShownLanguage
  t: Translate
  describeError(error: unknown): ErrorDescription
  /** Describes a failure in one sentence. */
  describeFailure(error: unknown): string
  /** Describes a sentence of the contract about a field. */
  describeFieldSentence(sentence: string): string
  describeSignedOut(reason: Parameters<typeof describeSignedOut>[0]): string
}

/** A sentence that follows the language when it changes. */
export type Sentence = ReactNode | ((messages: Messages) => ReactNode)

/** Creates the sentences of a language. */
export function createMessages(language: ShownLanguage, catalogues: Catalogues<Texts>): Messages {
  const t = createTranslate(language, catalogues)
  const describe = (error: unknown): ErrorDescription => {
    const key = findPasskeyFailureKey(error)
    return key === null ? describeError(error, language) : { message: t(key), fields: {} }
  }
  return {
    wanted: language,
    t,
    ...createTimes(t.formats, t('time.justNow')),
    describeError: describe,
    describeFailure: (error) => describe(error).message,
    describeFieldSentence: (sentence) => describeFieldSentence(sentence, language),
    describeSignedOut: (reason) => describeSignedOut(reason, language),
  }
}

/** Writes a sentence in the language of the messages. */
export function say(sentence: Sentence, messages: Messages): ReactNode {
  return typeof sentence === 'function' ? sentence(messages) : sentence
}

/** Gives each part of a sentence with tags the key that React needs. */
function createTranslate(language: ShownLanguage, catalogues: Catalogues<Texts>): Translate {
  const translator = createTranslator<Texts, ReactNode>(catalogues, language)
  const rich: Translate['rich'] = (key, values) => Children.toArray(translator.rich(key, values))
  return Object.assign(((...given: Parameters<Translate>) => translator(...given)) as Translate, {
    ...translator,
    rich,
  })
}
