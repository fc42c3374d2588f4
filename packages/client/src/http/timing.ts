/** A timer this late was frozen, and what came in meanwhile is still on its way to the program. */
const FROZEN_MILLISECONDS = 1_000
const WAKING_MILLISECONDS = 2_000

/**
 * Acts after a time, but in a page that was frozen not before it had a moment to take in what had come.
 *
 * @returns what prevents it
 */
export function actAfter(milliseconds: number, act: () => void): () => void {
  const dueAt = Date.now() + milliseconds
  let timer = setTimeout(() => {
    if (Date.now() - dueAt < FROZEN_MILLISECONDS) act()
    else timer = setTimeout(act, WAKING_MILLISECONDS)
  }, milliseconds)
  return () => clearTimeout(timer)
}

/**
 * Waits for the first of some promises, but no longer than a time.
 *
 * @returns undefined when the time was up; the promises go on
 */
export function raceWithin<T>(milliseconds: number, promises: Promise<T>[]): Promise<T | undefined> {
  let cancel = () => {}
  const timeUp = new Promise<undefined>((resolve) => {
    cancel = actAfter(milliseconds, () => resolve(undefined))
  })
  return Promise.race([...promises, timeUp]).finally(cancel)
}
