/** What a load is and how it is put on. */
export interface Load {
  /** How many do it at once, each waiting for its own answer. */
  clients: number
  seconds: number
}

/** What came of a load. */
export interface Measurement {
  perSecond: number
  /** Milliseconds from asking to the answer. */
  p50: number
  p99: number
}

/** Answers that come this long after the start count; before, caches and connections warm up. */
const WARM_UP_SECONDS = 0.3

/**
 * Lets many clients do one thing over and over, and counts what is done after the warm-up.
 *
 * @param once - does it for the client of this number
 */
export async function measure(load: Load, once: (client: number) => Promise<void>): Promise<Measurement> {
  const from = performance.now() + WARM_UP_SECONDS * 1000
  const until = from + load.seconds * 1000
  const times: number[] = []
  async function repeat(client: number): Promise<void> {
    for (;;) {
      const asked = performance.now()
      await once(client)
      const answered = performance.now()
      if (answered > until) return
      if (answered >= from) times.push(answered - asked)
    }
  }
  await Promise.all(Array.from({ length: load.clients }, (_, client) => repeat(client)))
  times.sort((one, other) => one - other)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0
  return { perSecond: times.length / load.seconds, p50: at(0.5), p99: at(0.99) }
}
