import { useEffect, useState } from 'react'

const SECOND_MILLISECONDS = 1_000

const deadlines = new WeakMap<object, number>()

/** Returns when the wait of an error is over, counted from the first time that the error was shown. */
export function findDeadline(error: object, seconds: number): number {
  const deadline = deadlines.get(error) ?? Date.now() + seconds * SECOND_MILLISECONDS
  deadlines.set(error, deadline)
  return deadline
}

/** Returns the whole seconds until a time, and renders the component again each second. */
export function useSecondsLeft(deadline: number): number {
  const [now, setNow] = useState(Date.now)
  const left = Math.max(0, Math.ceil((deadline - now) / SECOND_MILLISECONDS))
  useEffect(() => {
    if (left === 0) return
    const timer = setTimeout(
      () => setNow(Date.now()),
      (deadline - now) % SECOND_MILLISECONDS || SECOND_MILLISECONDS,
    )
    return () => clearTimeout(timer)
  }, [deadline, left, now])
  return left
}
