import { z } from 'zod'
import { type FieldSentence, SENTENCES, tooLong, tooShort } from './sentences.ts'

interface TextRules {
  /** Counted in code points, after the text is normalised. */
  maxCharacters: number
  /** Counted like `maxCharacters`; 1 by default. */
  minCharacters?: number
  /** Whether a longer text is answered as an unknown one, instead of by its length. */
  isLookedUp?: boolean
  /** Whether a right text is ASCII, so that a longer one in UTF-16 units is too long, whatever its characters are. */
  isAscii?: boolean
  blank?: boolean
  /** Whether null characters are accepted here, because the code that looks the text up handles them. */
  nulls?: boolean
  /** Normalises the text before it is checked. It gets a text of bounded length. */
  normalize?: (text: string) => string
  /** A further check of a text that passed the general rules. It returns a sentence. */
  refuse?: (text: string) => FieldSentence | null
}

/**
 * UTF-16 units that a caller may send per character of the limit. A letter of one character may be sent as four: a
 * letter and three marks.
 */
export const UNITS_PER_CHARACTER = 4
/**
 * Combining marks in a row. Normalisation sorts each row, in a time that grows with the square of its length. No script
 * has rows of more than a few marks.
 */
const MARKS_IN_A_ROW_MAX = 256
/** Stands for a text that is too long to be looked up. It is no id and no token. */
export const UNKNOWN = '-'

/**
 * A text field with the sentences of the contract. Every rule that a value breaks is named at once.
 *
 * The length in UTF-16 units is judged first, before any other work is done with the text. `hostile/text-work.test.ts`
 * holds this for every field of every operation.
 *
 * @param rules.maxCharacters - counted in code points
 * @param rules.minCharacters - an empty text is refused as blank, not by its length
 * @param rules.blank - whether an empty text is accepted; false by default
 */
export function textField(rules: TextRules) {
  const maxUnits = countMaxUnits(rules)
  return z
    .string({ error: (issue) => describeWrongType(issue.input) })
    .overwrite((text) => (rules.isLookedUp && text.length > maxUnits ? UNKNOWN : text))
    .check((check) => {
      const message = findUnreadable(check.value, rules)
      if (message) check.issues.push({ code: 'custom', input: check.value, message, continue: false })
    })
    .overwrite(rules.normalize ?? ((text) => text))
    .check((check) => {
      for (const message of findTextFaults(check.value, rules)) {
        check.issues.push({ code: 'custom', input: check.value, message })
      }
    })
    .meta(describeLength(rules))
}

/** The length limits as JSON Schema writes them. JSON Schema counts code points too. */
function describeLength(rules: TextRules): Record<string, number> {
  const { blank, maxCharacters, minCharacters = 1, isLookedUp } = rules
  return { ...(!blank && { minLength: minCharacters }), ...(!isLookedUp && { maxLength: maxCharacters }) }
}

function describeWrongType(input: unknown): FieldSentence {
  if (input === undefined) return SENTENCES.required
  return input === null ? SENTENCES.null : SENTENCES.notAString
}

/** The reason not to normalise a text. The length is the first reason, so the other reasons read a short text. */
function findUnreadable(text: string, rules: TextRules): FieldSentence | null {
  if (text.length > countMaxUnits(rules)) return tooLong(rules.maxCharacters)
  return text.isWellFormed() && !hasTooManyMarks(text) ? null : SENTENCES.notAString
}

function countMaxUnits({ maxCharacters, isAscii }: TextRules): number {
  return isAscii ? maxCharacters : UNITS_PER_CHARACTER * maxCharacters
}

function hasTooManyMarks(text: string): boolean {
  if (text.length <= MARKS_IN_A_ROW_MAX) return false
  for (const [row] of text.matchAll(/\p{M}+/gu)) if (row.length > MARKS_IN_A_ROW_MAX) return true
  return false
}

function findTextFaults(text: string, rules: TextRules): FieldSentence[] {
  if (text === '') return rules.blank ? [] : [SENTENCES.blank]
  const faults: FieldSentence[] = []
  const { maxCharacters: max, minCharacters: min = 1 } = rules
  if (min > 1 && [...text].length < min) faults.push(tooShort(min))
  if (!rules.isLookedUp && text.length > max && [...text].length > max) faults.push(tooLong(max))
  if (!rules.nulls && text.includes('\0')) faults.push(SENTENCES.nullCharacters)
  const further = faults.length === 0 ? rules.refuse?.(text) : null
  if (further) faults.push(further)
  return faults
}
