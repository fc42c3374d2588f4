import { PASSWORD_MIN_CHARACTERS } from './limits.ts'
import type { PASSWORD_ATTRIBUTES } from './sentences.ts'
import { similarityOf } from './similarity.ts'

/** What a password must not resemble: the values of the user by attribute. */
export type PasswordAttributes = Record<(typeof PASSWORD_ATTRIBUTES)[number], readonly string[]>

const MAX_SIMILARITY = 0.7

/** Answers whether an NFC-normalised password has too few code points. */
export function isTooShort(password: string): boolean {
  return [...password].length < PASSWORD_MIN_CHARACTERS
}

/** Answers whether a password has digits only, of any script. */
export function isNumeric(password: string): boolean {
  return /^\p{Nd}+$/u.test(password)
}

/** Finds the first attribute of the user that a password resembles; null when it resembles none. */
export function findSimilarAttribute(
  password: string,
  attributes: PasswordAttributes,
): keyof PasswordAttributes | null {
  const lowered = password.toLowerCase()
  for (const [name, values] of Object.entries(attributes) as [keyof PasswordAttributes, string[]][]) {
    const parts = new Set(values.flatMap((value) => splitIntoParts(value.toLowerCase())))
    if ([...parts].some((part) => isSimilar(lowered, part))) return name
  }
  return null
}

/** The words of a value, and the whole value: `ada.lovelace@example.com` has five parts. */
function splitIntoParts(value: string): string[] {
  return [...value.split(/[^\p{L}\p{N}_]+/u), value].filter((part) => part !== '')
}

function isSimilar(password: string, part: string): boolean {
  return similarityOf(password, part) >= MAX_SIMILARITY
}
