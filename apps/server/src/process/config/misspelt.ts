import { distance } from 'fastest-levenshtein'

const SHORT_NAME_CHARACTERS = 7

/** Warns about names that look like a misspelt setting. Without the warning the default would apply silently. */
export function findMisspeltNames(names: string[], known: string[]): string[] {
  return names
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const meant = known.find((candidate) => isNear(name, candidate))
      return meant ? [`${name} is not a setting; did you mean ${meant}?`] : []
    })
}

/** Two names are near when two letters differ, or one in a short name. HOME is not near HOST, but PROT is near PORT. */
function isNear(name: string, known: string): boolean {
  if (Math.abs(name.length - known.length) > 2) return false
  const letters = distance(name.toUpperCase(), known)
  if (known.length > SHORT_NAME_CHARACTERS) return letters <= 2
  return letters <= 1 || (letters === 2 && sortLetters(name) === sortLetters(known))
}

function sortLetters(text: string): string {
  return [...text.toUpperCase()].sort().join('')
}
