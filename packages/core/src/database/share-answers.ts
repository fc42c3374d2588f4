/**
 * Asks at most once per period, however many callers come.
 *
 * A caller that comes meanwhile gets the answer that is under way, or the last one.
 */
export function shareAnswers<T>(ask: () => Promise<T>, keepMilliseconds: number): () => Promise<T> {
  let last: Promise<T> | null = null
  let isUnderWay = false
  let askedAt = Number.NEGATIVE_INFINITY
  return () => {
    if (last && (isUnderWay || performance.now() - askedAt < keepMilliseconds)) return last
    isUnderWay = true
    askedAt = performance.now()
    last = ask().finally(() => {
      isUnderWay = false
    })
    return last
  }
}
