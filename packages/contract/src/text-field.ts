import { z } from 'zod'
import { SENTENCES, tooLong } from './sentences.ts'

interface TextRules {
  maxCharacters?: number
  blank?: boolean
  /** Whether null characters are accepted here, because the code that looks the text up handles them. */
  nulls?: boolean
  /** Normalises the text before it is checked. */
  normalize?: (text: string) => string
  /** A further check of a text that passed the general rules. It returns a sentence. */
  refuse?: (text: string) => string | null
}

/**
 * A text field with the sentences of the contract. Every rule that a value breaks is named at once.
 *
 * @param rules.maxCharacters - counted in code points; unlimited by default
 * @param rules.blank - whether an empty text is accepted; false by default
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

/** The length limits as JSON Schema writes them. JSON Schema counts code points too. */
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
