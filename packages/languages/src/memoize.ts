/**
 * Keeps the last answers of a pure function.
 *
 * @param size - how many answers are kept. Callers from outside choose the arguments, so the number is bounded
 */
export function memoize<T>(size: number, compute: (argument: string) => T): (argument: string) => T {
  const kept = new Map<string, T>()
  return (argument) => {
    const known = kept.get(argument)
    if (known !== undefined) return known
    const answer = compute(argument)
    if (kept.size >= size) kept.clear()
    kept.set(argument, answer)
    return answer
  }
}
