import { createHmac } from 'node:crypto'
import type { Logger } from 'pino'
import type { Clock } from '../database/clock.ts'
import type { Database } from '../database/connection.ts'
import { describeFault } from '../database/describe-fault.ts'
import { countImportedWork } from '../tables/imports/imported-work.ts'
import { countForeignWork, countUsers } from '../tables/users/foreign-work.ts'
import { MINUTE_SECONDS } from '../words/time.ts'
import type { Hasher } from './hasher.ts'
import type { DerivedKeys } from './keys/derived-keys.ts'

/** Chooses the work that an address without a usable password costs. */
export interface Decoys {
  /**
   * Finds the decoy of an address.
   *
   * An address keeps its decoy until that is a hash of ours, as a user keeps a hash of another deployment until the next
   * sign-in. The shares of the formats among unknown addresses are those among users.
   *
   * @param email - normalised
   * @returns a stored hash whose work is done and whose verdict is dropped; null for a hash of ours
   */
  of(email: string): Promise<string | null>
  /** Reads the shares. A failure is logged, and the former shares stay. */
  refresh(): Promise<void>
  /** Waits for a reading that is under way. */
  settle(): Promise<void>
}

/** The addresses that cost what one kind of users costs: those whose number is in the interval. */
interface Slot {
  start: number
  end: number
  sample: string
}

const REFRESH_SECONDS = 10 * MINUTE_SECONDS
/** The bytes of an HMAC that are the number of an address. A number of JavaScript is exact for so many. */
const NUMBER_BYTES = 6

/**
 * Creates the decoys of a process.
 *
 * @param options.db - for statements that may take their time
 * @see decision 137
 */
export function createDecoys(options: {
  db: Database
  keys: DerivedKeys
  hasher: Pick<Hasher, 'canCheck'>
  clock: Clock
  log: Logger
}): Decoys {
  const { db, keys, hasher, clock, log } = options
  let slots: Slot[] = []
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | null = null
  let isFirst = true

  async function read(): Promise<void> {
    try {
      slots = await readSlots(db, (samples) => samples.find(hasher.canCheck))
    } catch (error) {
      log.warn(
        { event: 'decoys_unread', fault: describeFault(error) },
        'the shares of password hashes could not be read, so unknown addresses go on as before',
      )
    }
  }

  const refresh = () => {
    readAt = clock.epochSeconds()
    reading ??= read().finally(() => {
      reading = null
      isFirst = false
    })
    return reading
  }

  return {
    of: async (email) => {
      if (clock.epochSeconds() - readAt >= REFRESH_SECONDS) void refresh()
      if (isFirst) await reading
      const number = numberOf(keys, email)
      return slots.find(({ start, end }) => start <= number && number < end)?.sample ?? null
    },
    refresh,
    settle: async () => {
      await reading
    },
  }
}

/**
 * Gives each kind of foreign hash a slot. Its width is the share of the users who came with this kind, so no slot moves
 * while users sign in. The foreign part of a slot begins at its start and becomes shorter with each of them.
 */
async function readSlots(db: Database, choose: (samples: string[]) => string | undefined): Promise<Slot[]> {
  const { works, unusable } = await countForeignWork(db)
  if (works.length === 0) return []
  const [imported, users] = [await countImportedWork(db), await countUsers(db)]
  const came = new Map(imported)
  for (const { work, count } of works) came.set(work, Math.max(count, imported.get(work) ?? 0))
  const total = [...came.values()].reduce((sum, count) => sum + count, 0)
  const left = new Map(works.map((one) => [one.work, one]))
  let start = 0
  return [...came]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([work, count]) => {
      const width = count / total
      const slot = { start, width }
      start += width
      const now = left.get(work)
      const sample = choose(now?.samples ?? [])
      if (!now || sample === undefined) return []
      const share = Math.min(width, now.count / (users - unusable))
      return [{ start: slot.start, end: slot.start + share, sample }]
    })
}

/** A number from 0 to 1 that only this server can compute from an address. */
function numberOf(keys: DerivedKeys, email: string): number {
  const digest = createHmac('sha256', keys.current.key).update(email).digest()
  return digest.readUIntBE(0, NUMBER_BYTES) / 2 ** (8 * NUMBER_BYTES)
}
