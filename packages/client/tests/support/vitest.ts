import { afterEach, beforeEach, vi } from 'vitest'

/** Holds time still until a test advances it. */
export function holdTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
}

/** Lets time pass, with everything that is due in it. */
export async function passSeconds(seconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(seconds * 1000)
}

/** Waits for a promise while time passes as fast as it can. */
export async function settle<T>(promise: Promise<T>): Promise<T> {
  let isSettled = false
  promise.then(
    () => {
      isSettled = true
    },
    () => {
      isSettled = true
    },
  )
  for (let step = 0; step < 10_000 && !isSettled; step++) await vi.advanceTimersByTimeAsync(50)
  return promise
}
