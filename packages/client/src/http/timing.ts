/** A timer that fires this much too late was frozen with its page. */
const FROZEN_MILLISECONDS = 1_000
/** After a page was frozen, answers that came meanwhile reach the program within this time. */
const WAKING_MILLISECONDS = 2_000

/**
 * Calls a function after a time; in a page that was frozen, only after the answers that came meanwhile were read.
 *
 * @returns a function that cancels the call
 */
export function callAfter(milliseconds: number, act: () => void): () => void {
  const dueAt = Date.now() + milliseconds
  let timer = setTimeout(() => {
    if (Date.now() - dueAt < FROZEN_MILLISECONDS) act()
    else timer = setTimeout(act, WAKING_MILLISECONDS)
  }, milliseconds)
  return () => clearTimeout(timer)
}

/**
 * Waits for the first of several promises, at most for a time.
 *
 * @returns undefined when the time is up; the promises continue
 */
export function raceWithin<T>(milliseconds: number, promises: Promise<T>[]): Promise<T | undefined> {
  let cancel = () => {}
  const timeUp = new Promise<undefined>((resolve) => {
    cancel = callAfter(milliseconds, () => resolve(undefined))
  })
  return Promise.race([...promises, timeUp]).finally(cancel)
}
