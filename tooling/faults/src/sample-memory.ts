import { setTimeout as sleep } from 'node:timers/promises'
import { checkLeaks } from './checks/check-leaks.ts'
import { gatherPeople } from './gather-people.ts'
import type { Ledger } from './ledger/ledger.ts'
import { findSlope } from './slope.ts'
import type { HeapSample } from './world/agent.ts'
import { startWorld, type World } from './world/world.ts'

/** How the memory of servers is watched. */
export interface MemoryOptions {
  program: string
  folder: string
  instances: number
  seconds: number
  seed: number
  peoplePerDoor: number
  report(line: string): void
}

/** The memory of one server over the run. */
export interface MemoryTrend {
  server: string
  samples: ({ second: number } & HeapSample)[]
  /** Bytes of heap per hour, by the median slope of the samples after the warm-up. */
  heapBytesPerHour: number
  /** The number of calls behind the samples. */
  calls: number
}

/** Caches fill in this share of the run. What grows afterwards grows for ever. */
const WARM_UP_SHARE = 1 / 3
const SAMPLES = 60
const GRACE_SECONDS = 30
const ACCESS_SECONDS = 20
const ACT_PAUSE_MILLISECONDS = 250
const HOUR_SECONDS = 3600

/** Samples the heap of each server after a collection of garbage, while people use it. */
export async function sampleMemory(
  options: MemoryOptions,
): Promise<{ trends: MemoryTrend[]; ledger: Ledger }> {
  const settings = { graceSeconds: GRACE_SECONDS, accessSeconds: ACCESS_SECONDS }
  const world = await startWorld({ ...options, ...settings, shutdownDelay: '1s', tickMilliseconds: 10_000 })
  try {
    const crowd = gatherPeople(world, { ...options, ...settings, pauseMilliseconds: ACT_PAUSE_MILLISECONDS })
    const samples = await sampleAll(world, options)
    await crowd.close()
    await checkLeaks(crowd.ledger, world)
    const calls = Object.values(crowd.ledger.statuses.all()).reduce((sum, count) => sum + count, 0)
    return {
      trends: world.servers.map(({ name }) => judge(name, samples.get(name) ?? [], calls)),
      ledger: crowd.ledger,
    }
  } finally {
    await world.close()
  }
}

async function sampleAll(world: World, options: MemoryOptions): Promise<Map<string, MemoryTrend['samples']>> {
  const samples = new Map<string, MemoryTrend['samples']>()
  const from = performance.now()
  const elapsed = () => (performance.now() - from) / 1000
  while (elapsed() < options.seconds) {
    await sleep((options.seconds / SAMPLES) * 1000)
    for (const server of world.servers) {
      const sample = { second: Math.round(elapsed()), ...(await server.sampleHeap()) }
      samples.set(server.name, [...(samples.get(server.name) ?? []), sample])
      options.report(
        `${server.name} at ${sample.second} s: heap ${tellMib(sample.heapUsed)}, rss ${tellMib(sample.rss)}`,
      )
    }
  }
  return samples
}

function judge(server: string, samples: MemoryTrend['samples'], calls: number): MemoryTrend {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP_SHARE))
  const slope = findSlope(warm.map(({ second, heapUsed }) => [second, heapUsed]))
  return { server, samples, calls, heapBytesPerHour: Math.round(slope * HOUR_SECONDS) }
}

/** Tells a trend in one line. */
export function tellTrend({ server, samples, heapBytesPerHour, calls }: MemoryTrend): string {
  const [first, last] = [samples[Math.floor(samples.length * WARM_UP_SHARE)], samples.at(-1)]
  const heap = `heap ${tellMib(first?.heapUsed)} after the warm-up, ${tellMib(last?.heapUsed)} at the end`
  return `${server}: ${heap}, trend ${tellMib(heapBytesPerHour)} per hour, rss ${tellMib(last?.rss)}; ${calls} calls to all servers`
}

function tellMib(bytes = 0): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
