import { distance } from 'fastest-levenshtein'

const SHORT_NAME_CHARACTERS = 7

/** Warns of names that look like a misspelt known one, since an ignored setting is a silent default. */
export function findMisspeltNames(names: string[], known: string[]): string[] {
  return names
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const meant = known.find((candidate) => isNear(name, candidate))
      return meant ? [`${name} is not a setting; did you mean ${meant}?`] : []
    })
}

/** Two letters off, or one for short names: HOME is not a misspelt HOST, but PROT is PORT. */
function isNear(name: string, known: string): boolean {
  if (Math.abs(name.length - known.length) > 2) return false
  const letters = distance(name.toUpperCase(), known)
  if (known.length > SHORT_NAME_CHARACTERS) return letters <= 2
  return letters <= 1 || (letters === 2 && sortLetters(name) === sortLetters(known))
}

function sortLetters(text: string): string {
  return [...text.toUpperCase()].sort().join('')
}
