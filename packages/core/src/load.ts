import type { DatabaseConnection } from './database/connection.ts'
import type { PoolLoad } from './database/pool.ts'
import type { Hasher } from './services/hasher.ts'
import type { Throttle } from './services/throttle/throttle.ts'

/** What one process does at one moment. */
export interface Load {
  hashes: Hasher['load']
  pool: PoolLoad
  /** Whether calls are counted in the memory of this process, because the shared store is down. */
  isThrottleStoreDown: boolean
}

/** Counts what a process does at this moment. */
export function readLoad(parts: {
  hasher: Hasher
  throttle: Throttle
  connection: Pick<DatabaseConnection, 'readLoad'>
}): Load {
  const { hasher, throttle, connection } = parts
  return {
    hashes: hasher.load,
    pool: connection.readLoad(),
    isThrottleStoreDown: throttle.isStoreDown(),
  }
}
