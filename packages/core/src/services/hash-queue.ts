/** How much of the process hashes may take. */
export interface HashLimits {
  /** How many hashes run at once; each holds one thread. */
  concurrency: number
  /** How many calls may wait; a further one is refused. */
  queue: number
  /** The memory of all hashes that run at once. Default: 512 MiB. */
  memoryKib?: number
}

/** Runs hashes in the order of their calls, a limited number at once and within a budget of memory. */
export interface HashQueue {
  /** Whether the next call is refused. */
  isFull(): boolean
  /**
   * Runs a hash once it is the turn of its call.
   *
   * @param memoryKib - the memory of the hash; one that exceeds the budget alone runs alone
   */
  run<T>(memoryKib: number, work: () => Promise<T>): Promise<T>
  readonly load: { running: number; waiting: number }
}

/** A check of Django's Argon2 takes 100 MiB. */
const DEFAULT_MEMORY_KIB = 512 * 1024

interface Waiting {
  memoryKib: number
  begin: () => void
}

/**
 * Creates the queue of a process.
 *
 * A hash of another deployment may need much more memory than one of ours, so memory is counted beside calls. The order is
 * strict: a large hash waits until there is room, and no later one passes it.
 */
export function createHashQueue(limits: HashLimits): HashQueue {
  const { concurrency, queue, memoryKib: budget = DEFAULT_MEMORY_KIB } = limits
  const waiting: Waiting[] = []
  let running = 0
  let taken = 0

  function beginNext(): void {
    for (let next = waiting[0]; next && hasRoom(next); next = waiting[0]) {
      waiting.shift()
      running++
      taken += next.memoryKib
      next.begin()
    }
  }

  const hasRoom = ({ memoryKib }: Waiting) =>
    running === 0 || (running < concurrency && taken + memoryKib <= budget)

  return {
    isFull: () => running + waiting.length >= concurrency + queue,
    run: async (memoryKib, work) => {
      await new Promise<void>((begin) => {
        waiting.push({ memoryKib, begin })
        beginNext()
      })
      try {
        return await work()
      } finally {
        running--
        taken -= memoryKib
        beginNext()
      }
    },
    get load() {
      return { running, waiting: waiting.length }
    },
  }
}
