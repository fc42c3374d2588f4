/** Numbers by name. */
export interface Tally {
  count(name: string, times?: number): void
  of(name: string): number
  /** All names with their numbers, the largest first. */
  all(): Record<string, number>
}

/** Creates an empty tally. */
export function createTally(): Tally {
  const numbers = new Map<string, number>()
  const of = (name: string) => numbers.get(name) ?? 0
  return {
    of,
    count: (name, times = 1) => void numbers.set(name, of(name) + times),
    all: () => Object.fromEntries([...numbers].toSorted(([, left], [, right]) => right - left)),
  }
}
