import { z } from 'zod'
import { SENTENCES, tooLong } from './sentences.ts'

interface TextRules {
  maxCharacters?: number
  blank?: boolean
  /** Whether null characters are left to whoever looks the text up. */
  nulls?: boolean
  /** Brings the text to its stored form before anything is checked. */
  normalize?: (text: string) => string
  /** A further sentence for a text that passed the general rules. */
  refuse?: (text: string) => string | null
}

/**
 * A text field with the contract's sentences; every rule that a value breaks is named at once.
 *
 * @param rules.maxCharacters - counted in code points; unlimited when left out
 * @param rules.blank - whether the empty text is a value; false by default
 */
export function textField(rules: TextRules = {}) {
  const text = z.string({ error: (issue) => describeWrongType(issue.input) }).check((check) => {
    if (!check.value.isWellFormed()) {
      check.issues.push({
        code: 'custom',
        input: check.value,
        message: SENTENCES.notAString,
        continue: false,
      })
    }
  })
  return text
    .overwrite(rules.normalize ?? ((value) => value))
    .check((check) => {
      for (const message of findTextFaults(check.value, rules)) {
        check.issues.push({ code: 'custom', input: check.value, message })
      }
    })
    .meta(describeLength(rules))
}

/** The rules of length in the words of JSON Schema, which counts code points as we do. */
function describeLength({ blank, maxCharacters }: TextRules): Record<string, number> {
  return {
    ...(!blank && { minLength: 1 }),
    ...(maxCharacters !== undefined && { maxLength: maxCharacters }),
  }
}

function describeWrongType(input: unknown): string {
  if (input === undefined) return SENTENCES.required
  return input === null ? SENTENCES.null : SENTENCES.notAString
}

function findTextFaults(text: string, rules: TextRules): string[] {
  if (text === '') return rules.blank ? [] : [SENTENCES.blank]
  const faults: string[] = []
  const max = rules.maxCharacters ?? Number.POSITIVE_INFINITY
  if (text.length > max && [...text].length > max) faults.push(tooLong(max))
  if (!rules.nulls && text.includes('\0')) faults.push(SENTENCES.nullCharacters)
  const further = faults.length === 0 ? rules.refuse?.(text) : null
  if (further) faults.push(further)
  return faults
}
