/**
 * Measures the share of characters that two texts have in common, in any order: 0 for none, 1 for an anagram.
 *
 * This is the multiset bound of the Ratcliff-Obershelp ratio: twice the common characters divided by all characters.
 */
export function similarityOf(one: string, other: string): number {
  const available = new Map<string, number>()
  const otherCharacters = [...other]
  for (const character of otherCharacters) available.set(character, (available.get(character) ?? 0) + 1)
  const oneCharacters = [...one]
  let common = 0
  for (const character of oneCharacters) {
    const left = available.get(character) ?? 0
    if (left === 0) continue
    available.set(character, left - 1)
    common++
  }
  return (2 * common) / (oneCharacters.length + otherCharacters.length || 1)
}
