/** A value on the server, as a client knows it: a write whose answer was lost may have happened or not. */
export interface Uncertain<T> {
  /** What it may be, the newest first. */
  candidates(): T[]
  newest(): T
  isCertain(): boolean
  /** A write of this value begins. */
  expect(value: T): void
  /** The server has acknowledged this value. */
  settle(value: T): void
  has(value: T): boolean
}

/** For so long a write without an answer may still be done, for example by a process that was frozen. */
const LATE_MILLISECONDS = 30_000

/** Creates a value that is known. */
export function createUncertain<T>(first: T): Uncertain<T> {
  let settled = first
  let open: { value: T; at: number }[] = []
  const candidates = () => [...open.map(({ value }) => value), settled]
  return {
    candidates,
    newest: () => open[0]?.value ?? settled,
    isCertain: () => open.length === 0,
    has: (value) => candidates().includes(value),
    expect: (value) => {
      open = [{ value, at: performance.now() }, ...open]
    },
    settle: (value) => {
      settled = value
      open = open.filter((one) => one.value !== value && performance.now() - one.at < LATE_MILLISECONDS)
    },
  }
}
