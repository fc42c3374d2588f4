/** Numbers that look random and follow from a seed, so that a run can be repeated. */
export interface Random {
  /** A number from 0 up to 1. */
  next(): number
  /** A whole number from `min` to `max`. */
  int(min: number, max: number): number
  pick<T>(list: readonly T[]): T
  /** A copy of the list in another order. */
  shuffle<T>(list: readonly T[]): T[]
}

/** Creates the numbers of a seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  function pick<T>(list: readonly T[]): T {
    const chosen = list[int(0, list.length - 1)]
    if (chosen === undefined) throw new RangeError('There is nothing to pick from.')
    return chosen
  }
  function shuffle<T>(list: readonly T[]): T[] {
    return list
      .map((value) => ({ value, rank: next() }))
      .toSorted((left, right) => left.rank - right.rank)
      .map(({ value }) => value)
  }
  return { next, int, pick, shuffle }
}
