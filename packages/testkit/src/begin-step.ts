const PERIOD_SECONDS = 30

/** Moves the clock of a test to the beginning of a TOTP step, so that the step does not end between two codes. */
export function beginStep(clock: { seconds: number }): void {
  const now = Date.now() / 1000 + clock.seconds
  clock.seconds += Math.ceil(PERIOD_SECONDS - (now % PERIOD_SECONDS))
}
