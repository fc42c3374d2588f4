/** What a regular expression of PostgreSQL reads as something other than itself. */
const META = /[.^$*+?()[\]{}|\\]/

/**
 * Writes a regular expression of PostgreSQL that finds a text in upper and in lower case.
 *
 * `ILIKE` asks the locale of the database for the cases of a letter, and the locale `C` knows those of ASCII only. Here
 * both cases of each letter are in the pattern, so every database finds the same.
 *
 * @returns a pattern that matches the text anywhere, and without repetition
 */
export function toAnyCasePattern(text: string): string {
  return [...text].map(writeCharacter).join('')
}

function writeCharacter(character: string): string {
  const cases = new Set([character, character.toLowerCase(), character.toUpperCase()])
  const single = [...cases].filter((one) => [...one].length === 1)
  if (single.length > 1) return `[${single.join('')}]`
  return META.test(character) ? `\\${character}` : character
}
