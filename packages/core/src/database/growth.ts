import type { ConnectionSet } from './connection-set.ts'
import { type OpenOptions, openConnection } from './single-connection.ts'

/** What {@link createGrowth} needs. */
interface GrowthOptions extends OpenOptions {
  set: ConnectionSet
  /** The largest number of connections. */
  poolSize: number
  /** Is called when no connection works and none could be opened. */
  onFailure(error: unknown): void
  /** Is called when it is time to try again. */
  onTime(): void
}

/** Opens the connections of a pool. */
export interface Growth {
  /** Opens more connections, for so many callers that wait. */
  grow(waiting: number): void
  /** Opens no more. */
  stop(): void
}

const FIRST_PAUSE_MILLISECONDS = 50
const RECONNECT_PAUSE_MILLISECONDS = 1000
/** While other connections work, a role or a database at its limit is asked for one more no more often than this. */
const GROWTH_PAUSE_MILLISECONDS = 30_000
/** A backend ends within milliseconds after its socket was closed, unless it is frozen or the path to it is dead. */
const LEAVING_MILLISECONDS = 2000
/** A backend that nobody can ask about is forgotten after this time. */
const FORGET_MILLISECONDS = 30_000

/**
 * Opens connections when callers wait.
 *
 * A connection that cannot be opened fails no caller as long as others work: the callers wait for those. When none works,
 * one connection is opened as a probe, and the callers get its failure.
 */
export function createGrowth(options: GrowthOptions): Growth {
  const { set, poolSize } = options
  let openings = 0
  let failures = 0
  let failedAt = 0
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  const isWorking = () => openings > 0 || set.has('idle', 'busy')

  async function openOne(): Promise<void> {
    openings++
    try {
      const connection = await openConnection(options, set.noteClosed)
      failures = 0
      openings--
      set.putIdle(connection)
    } catch (error) {
      failures++
      failedAt = performance.now()
      openings--
      if (!isWorking()) options.onFailure(error)
      options.onTime()
    }
  }

  function hasRoom(): boolean {
    if (set.size + openings < poolSize) return true
    return !isWorking() && makeRoomForProbe(set, poolSize)
  }

  function tryAgainAfter(milliseconds: number): void {
    clearTimeout(timer)
    timer = setTimeout(options.onTime, milliseconds)
  }

  function findPause(): number {
    if (failures === 0) return 0
    const longest = isWorking() ? GROWTH_PAUSE_MILLISECONDS : RECONNECT_PAUSE_MILLISECONDS
    return failedAt + Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** failures, longest) - performance.now()
  }

  return {
    grow(waiting) {
      if (isStopped || openings >= waiting) return
      const pause = findPause()
      if (pause > 0) return tryAgainAfter(pause)
      while (openings < waiting && hasRoom()) void openOne()
      if (!isWorking()) tryAgainAfter(LEAVING_MILLISECONDS)
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

/**
 * Frees the place of one silent connection for the probe. Only a frozen backend outlives its socket, and then there is
 * one backend more than the pool is large, and never two.
 */
function makeRoomForProbe(set: ConnectionSet, poolSize: number): boolean {
  const [stuck] = set.listIn('stuck')
  const [left] = set.listIn('leaving')
  if (stuck) set.leave(stuck, 0)
  const age = left ? performance.now() - left.since : 0
  if (left && age > FORGET_MILLISECONDS) set.remove(left)
  return set.size <= poolSize && (stuck !== undefined || age > LEAVING_MILLISECONDS)
}
