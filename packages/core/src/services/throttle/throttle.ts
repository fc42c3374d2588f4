import { createHmac, type KeyObject } from 'node:crypto'
import type { Logger } from 'pino'
import type { Lane } from '../../database/lane.ts'
import { DomainError } from '../../words/errors.ts'
import { LIMIT_NAMES, type LimitName, type RateLimit, type ThrottleLimits } from '../../words/rate-limits.ts'
import { spellCount } from '../../words/spell-count.ts'
import type { Watch } from '../../words/watch.ts'
import type { DerivedKeys } from '../keys/derived-keys.ts'
import { type Counter, createMemoryCounter, createSharedCounter, type Excess } from './counter.ts'
import { openPostgresStore, openRedisStore, type SharedStore } from './counter-stores.ts'
import { type Outage, watchStore } from './outage.ts'

/** Where calls are counted: in the memory of this process, or in a store that several processes share. */
export type ThrottleStore = 'memory' | 'postgres' | 'redis'

/** How calls are counted. */
export interface ThrottleSettings {
  store: ThrottleStore
  /** Required by the store `redis`. */
  redisUrl: string | null
  limits: ThrottleLimits
}

/** Counts calls and refuses calls over a limit. */
export interface Throttle {
  /**
   * Counts one call.
   *
   * @param subject - who or what is counted, in canonical form
   * @throws {DomainError} `throttled` - with the seconds to wait
   */
  count(name: LimitName, subject: string, log: Logger): Promise<void>
  /** Counts one thing that is left out when it is over the limit, and so refuses nobody. Null within the limit. */
  take(name: LimitName, subject: string): Promise<Excess | null>
  /** Returns the keyed hash of a subject. It is the same under the same secret, and reveals nothing without that. */
  hide(subject: string): string
  /** Returns what {@link hide} gives under each accepted secret, the present one first, to look for stored ones. */
  hideAll(subject: string): string[]
  /** Whether this process counts in its own memory, because the shared store is down. */
  isStoreDown(): boolean
  close(): void
}

const HIDDEN_CHARACTERS = 22

/** Creates the throttle of a process. It also starts when the store is down. */
export async function createThrottle(
  settings: ThrottleSettings,
  parts: { keys: DerivedKeys; counters: Pick<Lane, 'alone'>; log: Logger; watch?: Watch },
): Promise<Throttle> {
  const outage = watchStore(settings.store, parts.log)
  const store = await openStore(settings, parts.counters, outage)
  const { keys } = parts
  const hide = (subject: string) => hideUnder(keys.current.key, subject)
  const open = (name: LimitName, limit: RateLimit) =>
    store ? createSharedCounter(limit, store.open(name, limit), outage) : createMemoryCounter(limit)
  const counters = new Map<LimitName, Counter>()
  for (const name of LIMIT_NAMES) {
    const limit = settings.limits[name]
    if (limit) counters.set(name, open(name, limit))
  }
  const take = async (name: LimitName, subject: string) => {
    const excess = (await counters.get(name)?.(hide(subject))) ?? null
    if (excess) parts.watch?.note('throttled', { limit: name })
    return excess
  }
  return {
    hide,
    hideAll: (subject) => [...keys.accepted.values()].reverse().map(({ key }) => hideUnder(key, subject)),
    isStoreDown: outage.isDown,
    take,
    count: async (name, subject, log) => {
      const excess = await take(name, subject)
      if (!excess) return
      if (excess.isFirst) log.warn({ event: 'throttled', limit: name }, 'a limit was passed')
      throw refuse(excess.waitSeconds)
    },
    close: () => store?.close(),
  }
}

function hideUnder(key: KeyObject, subject: string): string {
  return createHmac('sha256', key).update(subject).digest('base64url').slice(0, HIDDEN_CHARACTERS)
}

async function openStore(
  settings: ThrottleSettings,
  counters: Pick<Lane, 'alone'>,
  outage: Outage,
): Promise<SharedStore | null> {
  if (settings.store === 'postgres') return openPostgresStore(counters, outage)
  if (settings.store === 'redis' && settings.redisUrl !== null) return openRedisStore(settings.redisUrl)
  return null
}

function refuse(waitSeconds: number): DomainError {
  return new DomainError('throttled', {
    detail: `Request was throttled. Expected available in ${spellCount(waitSeconds, 'second', 'seconds')}.`,
    retryAfterSeconds: waitSeconds,
  })
}
