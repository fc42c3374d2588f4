/** The size of a load. */
export interface Load {
  /** How many clients ask at once. Each waits for its own answer. */
  clients: number
  seconds: number
}

/** The result of a load. */
export interface Measurement {
  perSecond: number
  /** Milliseconds from the request to the answer. */
  p50: number
  p99: number
}

/** Answers count from this time after the start. Before it, caches and connections warm up. */
const WARM_UP_SECONDS = 0.3

/**
 * Lets many clients repeat one call, and counts the answers after the warm-up.
 *
 * @param once - makes the call for the client with this number
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
