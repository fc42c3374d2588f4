/**
 * Says a count together with the words that agree with it: `1 user has`, `2 users have`.
 *
 * @param one - the words for a count of one
 * @param others - the words for every other count
 */
export function spellCount(count: number, one: string, others: string): string {
  return `${count} ${count === 1 ? one : others}`
}
