/**
 * Starts a stopwatch.
 *
 * The larger of two clocks counts. The monotonic clock may stand still while the device sleeps. The local clock may be
 * set back. A time that looks too long is safe: a token is refreshed early, and a repetition is given up early.
 *
 * @param since - milliseconds of the local clock at which the time began; now unless given
 * @returns a function that tells the milliseconds since then
 */
export function startStopwatch(since = Date.now()): () => number {
  const steady = readSteadyClock()
  return () => Math.max(Date.now() - since, readSteadyClock() - steady)
}

/** Reads the monotonic clock; the local clock where a runtime has none. */
function readSteadyClock(): number {
  return globalThis.performance?.now?.() ?? Date.now()
}
