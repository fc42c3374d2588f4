/** A commit follows within milliseconds as a rule; a slow transaction is met by a later try, or by polling. */
const DELAYS_MILLISECONDS = [4, 20, 80, 300, 1000]

/**
 * Wakes the workers a few times after mail was queued, since nothing says when the transaction commits.
 *
 * `LISTEN` would say it, but costs a connection a process, does not pass a transaction pooler, and `NOTIFY` makes
 * all commits of the database wait for one another.
 */
export function createWaker(notify: () => void): { wake(): void; stop(): void } {
  let step = 0
  let timer: NodeJS.Timeout | undefined
  function arm(): void {
    const delay = DELAYS_MILLISECONDS[step++]
    timer = delay === undefined ? undefined : setTimeout(fire, delay).unref()
  }
  function fire(): void {
    arm()
    notify()
  }
  return {
    wake() {
      // The first try of the last series is still to come: it serves this mail as well.
      if (timer && step === 1) return
      clearTimeout(timer)
      step = 0
      arm()
    },
    stop() {
      clearTimeout(timer)
      step = DELAYS_MILLISECONDS.length
    },
  }
}
