import { startStopwatch } from './clock.ts'
import { FROZEN_MILLISECONDS, LONGEST_TIMER_MILLISECONDS, READING_MILLISECONDS } from './numbers.ts'

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
    else timer = setTimeout(act, READING_MILLISECONDS)
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
