/**
 * Starts two operations almost at once. Their order alternates with the round, and the delay between them varies.
 *
 * @returns how each has ended
 */
export async function race<A, B>(
  round: number,
  one: () => Promise<A>,
  other: () => Promise<B>,
): Promise<[PromiseSettledResult<A>, PromiseSettledResult<B>]> {
  const pause = () => new Promise((resolve) => setTimeout(resolve, (round % 8) * 0.4))
  if (round % 2 === 0) {
    const first = settle(one)
    await pause()
    const second = settle(other)
    return [await first, await second]
  }
  const second = settle(other)
  await pause()
  const first = settle(one)
  return [await first, await second]
}

/** A refusal may come before the other operation begins, so it is taken at once. */
async function settle<T>(work: () => Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.allSettled([work()])
  return result as PromiseSettledResult<T>
}
