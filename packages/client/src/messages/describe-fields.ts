import { FIELD_SENTENCES } from '../generated/field-sentences.ts'
import type { FieldErrors } from '../http/error.ts'
import { writeCounted } from './count.ts'
import type { FoundMessages } from './languages.ts'
import type { Messages } from './message-keys.ts'

type FieldKey = keyof Messages['fields']

const KEYS = Object.keys(FIELD_SENTENCES) as FieldKey[]
const COUNT = '{count}'

/** A sentence of the server about a field: its name, and the number in it. */
interface KnownSentence {
  key: FieldKey
  count: number
}

/**
 * Translates a sentence of the server about a field.
 *
 * @returns the sentence itself, when only a newer server knows it
 */
export function translateSentence(sentence: string, { tag, messages }: FoundMessages): string {
  const known = findKnown(sentence)
  const message = known && messages.fields[known.key]
  if (!message) return sentence
  return typeof message === 'string' ? message : writeCounted(message, known.count, tag)
}

/**
 * Translates the sentences about refused fields, and puts each at the field where people look for it.
 *
 * The contract names the broken rules of a new password at the repeated password, and a mismatch at sign-up at no field.
 * People expect the rules at the password, and a mismatch at the repeated password.
 */
export function translateFields(fields: FieldErrors, found: FoundMessages): Record<string, string[]> {
  const placed: Record<string, string[]> = {}
  for (const [name, sentences = []] of Object.entries(fields)) {
    for (const sentence of sentences) {
      const place = findPlace(name, sentence)
      placed[place] = [...(placed[place] ?? []), translateSentence(sentence, found)]
    }
  }
  return placed
}

function findPlace(name: string, sentence: string): string {
  const key = findKnown(sentence)?.key ?? ''
  if (name === 'new_password2' && /^password(?!s)|^similarTo/.test(key)) return 'new_password1'
  if (name === 'non_field_errors' && key === 'passwordsDiffer') return 'password2'
  return name
}

function findKnown(sentence: string): KnownSentence | null {
  for (const key of KEYS) {
    const count = match(FIELD_SENTENCES[key], sentence)
    if (count !== null) return { key, count }
  }
  return null
}

/** Compares a sentence with one of the contract; the number in it, 0 without one, or null when it is another sentence. */
function match(known: string, sentence: string): number | null {
  if (known === sentence) return 0
  const [before = '', after] = known.split(COUNT)
  if (after === undefined || !sentence.startsWith(before) || !sentence.endsWith(after)) return null
  const digits = sentence.slice(before.length, sentence.length - after.length)
  return /^-?\d+$/.test(digits) ? Number(digits) : null
}
