/**
 * Waits for the first of some promises, but no longer than a time.
 *
 * @returns undefined when the time was up; the promises go on
 */
export function raceWithin<T>(milliseconds: number, promises: Promise<T>[]): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeUp = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, milliseconds), undefined)
  })
  return Promise.race([...promises, timeUp]).finally(() => clearTimeout(timer))
}
