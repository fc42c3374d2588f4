// Runs inside of each server process (`node --import`), before the server. The run asks it over the channel of Node.
import { getHeapStatistics } from 'node:v8'

/** What the run asks for: a step of the wall clock, or the heap after a collection of garbage. */
export type Wish = { id: number } & ({ shiftSeconds: number } | { heap: true })

/** What was asked for. The heap is null for a step of the clock. */
export interface Grant {
  id: number
  heap: HeapSample | null
}

/** Bytes of a process after a collection of garbage. */
export interface HeapSample {
  heapUsed: number
  external: number
  rss: number
}

const RealDate = globalThis.Date
let shift = 0
const now = () => RealDate.now() + shift

// Timers and `performance.now()` go on: only the wall clock steps, as after a correction by NTP.
globalThis.Date = new Proxy(RealDate, {
  construct: (target, words, own) => Reflect.construct(target, words.length === 0 ? [now()] : words, own),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})

// Housekeeping would run once in a run, minutes after its start. Here it runs all the time.
const tickMilliseconds = Number(process.env.FAULTS_TICK_MILLISECONDS ?? 0)
const realInterval = globalThis.setInterval
const LONG_MILLISECONDS = 60_000
if (tickMilliseconds > 0) {
  const faster = (work: () => void, milliseconds?: number, ...words: []) =>
    realInterval(work, (milliseconds ?? 0) >= LONG_MILLISECONDS ? tickMilliseconds : milliseconds, ...words)
  globalThis.setInterval = Object.assign(faster, realInterval) as typeof setInterval
}

function sampleHeap(): HeapSample {
  globalThis.gc?.()
  const { used_heap_size: heapUsed, external_memory: external } = getHeapStatistics()
  return { heapUsed, external, rss: process.memoryUsage.rss() }
}

process.on('message', (wish: Wish) => {
  if ('shiftSeconds' in wish) shift = wish.shiftSeconds * 1000
  process.send?.({ id: wish.id, heap: 'heap' in wish ? sampleHeap() : null } satisfies Grant)
})
// No server outlives the run.
process.on('disconnect', () => process.exit(1))
process.channel?.unref()
