/**
 * How much two texts are made of the same characters, in any order: 0 for not at all, 1 for an anagram.
 *
 * The multiset bound of the Ratcliff-Obershelp ratio: twice the characters in common over all characters.
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
