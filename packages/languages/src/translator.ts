import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { formatToParts, IntlMessageFormat } from 'intl-messageformat'
import { createFormats, type Formats } from './formats.ts'
import { createFormatters, type Formatters } from './formatters.ts'
import { type Direction, LANGUAGES, type LanguageTag, SOURCE_LANGUAGE } from './languages.ts'
import type { Catalogue, Catalogues, Message, PlainKey, RichValues, ValuesArgument } from './message-types.ts'
import { findPseudoLanguage, PSEUDO_LANGUAGES, type PseudoTag, writePseudo } from './pseudo.ts'

/** The messages of a package in one language. */
export interface Translator<M extends Record<keyof M, Message<unknown, string>>, Node = string> {
  /** The language of the texts, for the attribute `lang`. It is English when the wanted language was not loaded. */
  readonly language: LanguageTag | PseudoTag
  /** The direction of the texts, for the attribute `dir`. */
  readonly direction: Direction
  readonly formats: Formats
  /** Writes a message without tags. It never throws: a broken text is replaced by the English one and reported. */
  <K extends PlainKey<M>>(key: K, ...values: ValuesArgument<M[K]['values']>): string
  /** Writes a message with tags, as a list of texts and of what the tag functions return. */
  rich<K extends keyof M & string>(key: K, values: RichValues<M[K], Node>): (string | Node)[]
}

/** A text that could not be written. */
export interface TranslationFault {
  language: LanguageTag | PseudoTag
  key: string
  error: unknown
}

/** What a caller may choose. */
export interface TranslatorOptions {
  /** An IANA time zone for dates. Without it they are in the zone of the process. */
  timeZone?: string
  /** Hears of broken texts. Without it they are written to the console. */
  report?: (fault: TranslationFault) => void
}

type Values = Record<string, unknown>

/**
 * Creates the translator of a language.
 *
 * Making one is cheap: each text is parsed once per process.
 *
 * @param catalogues - the texts that were loaded, English among them: `CATALOGUES` of the package
 * @param tag - the language; English when its catalogue is missing
 */
export function createTranslator<M extends Record<keyof M, Message<unknown, string>>, Node = string>(
  catalogues: Catalogues<M>,
  tag: LanguageTag | PseudoTag,
  { timeZone, report = writeToConsole }: TranslatorOptions = {},
): Translator<M, Node> {
  const source: Catalogue = catalogues[SOURCE_LANGUAGE]
  const pseudo = findPseudoLanguage(tag)
  const own = pseudo ? source : catalogues[tag as LanguageTag]
  const language = own ? tag : SOURCE_LANGUAGE
  const locale = pseudo || !own ? SOURCE_LANGUAGE : tag
  const formatters = createFormatters(locale, timeZone)
  const sourceFormatters = createFormatters(SOURCE_LANGUAGE, timeZone)

  const write = (key: string, values: Values | undefined): (string | Node)[] => {
    try {
      return format<Node>(parse(own ?? source, key, pseudo), locale, formatters, values)
    } catch (error) {
      report({ language, key, error })
      return writeInSource(key, values)
    }
  }

  const writeInSource = (key: string, values: Values | undefined): (string | Node)[] => {
    try {
      return format<Node>(parse(source, key, null), SOURCE_LANGUAGE, sourceFormatters, values)
    } catch {
      return [key]
    }
  }

  const translate = (key: string, values?: Values) => write(key, values).join('')
  const properties = {
    language,
    direction:
      [...LANGUAGES, ...PSEUDO_LANGUAGES].find((known) => known.tag === language)?.direction ?? 'ltr',
    formats: createFormats(locale, timeZone),
    rich: write,
  }
  return Object.assign(translate, properties) as Translator<M, Node>
}

const parsed = new WeakMap<Catalogue, Map<string, MessageFormatElement[]>>()

function parse(catalogue: Catalogue, key: string, pseudo: PseudoTag | null): MessageFormatElement[] {
  const messages = parsed.get(catalogue) ?? new Map<string, MessageFormatElement[]>()
  parsed.set(catalogue, messages)
  const name = `${pseudo ?? ''} ${key}`
  const known = messages.get(name)
  if (known) return known
  const text = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined
  if (text === undefined) throw new Error(`the catalogue lacks ${key}`)
  const message = new IntlMessageFormat(text, SOURCE_LANGUAGE).getAst()
  const finished = pseudo ? writePseudo(message, pseudo) : message
  messages.set(name, finished)
  return finished
}

function format<Node>(
  message: MessageFormatElement[],
  locale: string,
  formatters: Formatters,
  values: Values | undefined,
): (string | Node)[] {
  const parts = formatToParts<Node>(
    message,
    locale,
    formatters,
    IntlMessageFormat.formats,
    values as Record<string, string>,
  )
  return parts.map(({ value }) => value)
}

function writeToConsole({ language, key, error }: TranslationFault): void {
  console.error(`The text ${key} in ${language} cannot be written.`, error)
}
