/** Most transactions commit within milliseconds. A later call, or polling, finds the mail of a slow transaction. */
const DELAYS_MILLISECONDS = [4, 20, 80, 300, 1000]

/**
 * Creates a waker, which calls `notify` a few times after a mail was queued, because the time of the commit is unknown.
 *
 * `LISTEN` would tell the time, but it costs one connection per process and does not work through a transaction pooler,
 * and `NOTIFY` makes all commits of the database wait for each other.
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
      // The first call of the present series has not happened yet, so it serves this mail too.
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
