/** How one request and its answer are delivered. */
export interface Delivery {
  /** The time before the request arrives. */
  requestMilliseconds?: number
  /** The time before the answer arrives. */
  answerMilliseconds?: number
  /** What is lost: the request, the answer, or the answer without an error for the client. */
  lost?: 'request' | 'answer' | 'answer silently'
}

/** Puts an unreliable network in front of a server; its delays use `setTimeout`, which tests control. */
export function createUnreliableNetwork(
  server: typeof fetch,
  deliveryOf: (path: string) => Delivery,
): typeof fetch {
  return async (input, init) => {
    const delivery = deliveryOf(new URL(String(input)).pathname)
    await pass(delivery.requestMilliseconds, init?.signal)
    if (delivery.lost === 'request') throw new TypeError('fetch failed')
    const response = await server(input, init)
    await pass(delivery.lost === 'answer silently' ? 1e9 : delivery.answerMilliseconds, init?.signal)
    if (delivery.lost === 'answer') throw new TypeError('fetch failed')
    return response
  }
}

function pass(milliseconds = 0, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
    setTimeout(resolve, milliseconds)
  })
}

/** Creates a source of numbers between 0 and 1, the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
