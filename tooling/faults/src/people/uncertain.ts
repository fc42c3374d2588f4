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

interface Entry<T> {
  value: T
  at: number
  isSettled: boolean
}

/** Creates a value that is known. */
export function createUncertain<T>(first: T): Uncertain<T> {
  const enter = (value: T, isSettled: boolean): Entry<T> => ({ value, at: performance.now(), isSettled })
  let known = [enter(first, true)]
  const candidates = () => known.map(({ value }) => value)
  const mayComeLate = ({ at, isSettled }: Entry<T>) =>
    !isSettled && performance.now() - at < LATE_MILLISECONDS
  return {
    candidates,
    newest: () => known[0]?.value ?? first,
    isCertain: () => known.length === 1,
    has: (value) => candidates().includes(value),
    expect: (value) => {
      known = [enter(value, false), ...known]
    },
    settle: (value) => {
      const others = known.filter((entry) => entry.value !== value)
      known = [enter(value, true), ...others.filter(mayComeLate)]
    },
  }
}
