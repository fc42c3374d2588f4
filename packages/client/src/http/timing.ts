import { startStopwatch } from './clock.ts'

/** A timer that fires this much too late was frozen with its page. */
const FROZEN_MILLISECONDS = 1_000
/** After a page was frozen, answers that came meanwhile reach the program within this time. */
const WAKING_MILLISECONDS = 2_000
/** A timer with a longer time fires at once. */
const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1

/**
 * Calls a function after a time; in a page that was frozen, only after the answers that came meanwhile were read.
 *
 * A time that no timer can count, such as `Infinity`, never ends.
 *
 * @returns a function that cancels the call
 */
export function callAfter(milliseconds: number, act: () => void): () => void {
  if (milliseconds > LONGEST_TIMER_MILLISECONDS) return () => {}
  const elapsed = startStopwatch()
  let timer = setTimeout(() => {
    if (elapsed() - milliseconds < FROZEN_MILLISECONDS) act()
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
