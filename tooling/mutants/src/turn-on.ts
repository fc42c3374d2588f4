/**
 * Makes the switch that turns one mutant on, for a time.
 *
 * A loop that the mutant made endless asks its switch again and again, and no timer of the test runs meanwhile. So the
 * switch throws when the time is over.
 *
 * @param id - the number of the mutant
 */
export function turnOn(id: number, limitMilliseconds: number): (asked: number) => boolean {
  const end = performance.now() + limitMilliseconds
  return (asked) => {
    if (asked !== id) return false
    if (performance.now() > end) throw new Error('The mutant takes too long.')
    return true
  }
}
