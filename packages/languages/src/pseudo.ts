import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import type { Direction } from './languages.ts'

/**
 * The pseudo-locales for tests of lay-outs. Their texts are computed from the English ones.
 *
 * `en-XA` has accents and is about 40 % longer, with brackets at both ends: a cut text lacks one, and a text without
 * brackets is in no catalogue. `ar-XB` is English from right to left.
 */
export const PSEUDO_LANGUAGES = [
  { tag: 'en-XA', name: '[Ṕśéüđö]', direction: 'ltr' },
  { tag: 'ar-XB', name: '[Mirrored]', direction: 'rtl' },
] as const satisfies readonly { tag: string; name: string; direction: Direction }[]

/** The tag of a pseudo-locale. */
export type PseudoTag = (typeof PSEUDO_LANGUAGES)[number]['tag']

/**
 * Finds a pseudo-locale by its exact tag.
 *
 * Callers offer this in development and in tests only. People never choose a pseudo-locale.
 */
export function findPseudoLanguage(requested: string | null | undefined): PseudoTag | null {
  return PSEUDO_LANGUAGES.find(({ tag }) => tag === requested)?.tag ?? null
}

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ACCENTED = [...'åƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ']
/** About two of five letters are vowels. */
const VOWEL = /[aeiou]/i
const RIGHT_TO_LEFT_OVERRIDE = '\u202e'
const END_OF_OVERRIDE = '\u202c'

/** Writes an English message as a pseudo-locale has it. Placeholders and tags stay. */
export function writePseudo(message: MessageFormatElement[], tag: PseudoTag): MessageFormatElement[] {
  if (tag === 'ar-XB') return mapLiterals(message, mirror)
  const literal = (value: string): MessageFormatElement => ({ type: LITERAL, value })
  return [literal('['), ...mapLiterals(message, lengthen), literal(']')]
}

/** `TYPE.literal`: the enumeration exists in the types of the parser only. */
const LITERAL = 0

function mapLiterals(
  message: MessageFormatElement[],
  change: (text: string) => string,
): MessageFormatElement[] {
  return message.map((element) => {
    if (element.type === LITERAL) return { ...element, value: change(element.value) }
    if ('children' in element) return { ...element, children: mapLiterals(element.children, change) }
    if (!('options' in element)) return element
    const options = Object.entries(element.options).map(([name, option]) => [
      name,
      { ...option, value: mapLiterals(option.value, change) },
    ])
    return { ...element, options: Object.fromEntries(options) }
  })
}

function lengthen(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const accented = ACCENTED[PLAIN.indexOf(letter)] ?? letter
    return VOWEL.test(letter) ? accented + accented.toLowerCase() : accented
  })
}

/** Reverses each word by itself, so that lines still break between words. */
function mirror(text: string): string {
  return text.replace(/\S+/g, (word) => RIGHT_TO_LEFT_OVERRIDE + word + END_OF_OVERRIDE)
}
