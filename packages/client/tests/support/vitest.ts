import '../../src/evidence/index.ts'
import { afterEach, beforeEach, vi } from 'vitest'
import { cryptoSettled } from './held-crypto.ts'

/** Stops the clock until a test advances it. */
export function holdTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
}

/** Advances the clock, and runs all timers of that time. */
export async function passSeconds(seconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(seconds * 1000)
}

/** Waits for a promise, and advances the clock until it settles. */
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
  for (let step = 0; step < 10_000 && !isSettled; step++) {
    await cryptoSettled()
    await vi.advanceTimersByTimeAsync(50)
  }
  return promise
}
