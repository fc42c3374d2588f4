import { DEFAULT_CORE_CONFIG } from '../context.ts'
import { respellLateAddresses } from '../database/canonical-addresses.ts'
import { clearFormerNotes } from '../database/former-notes.ts'
import { readMigrations } from '../database/migrations.ts'
import { nameOf, type Purge } from '../tables/purge.ts'
import { estimateRows, purgePage } from '../tables/purge-page.ts'
import { PURGES } from '../tables/purges.ts'
import { SESSION_PURGE } from '../tables/sessions/end.ts'
import { DAY_SECONDS } from '../words/time.ts'
import { endExcess } from './end-excess.ts'
import type { HousekeepingOptions } from './options.ts'
import type { Walk } from './walk.ts'

const NOTHING_LEFT = { examined: 0, purged: 0, last: null }

/** Lists everything that the housekeeping does, in the order of a round. */
export function listWalks(options: HousekeepingOptions): Walk[] {
  const { clock, log } = options
  const { sessionsPerAccount: keep = DEFAULT_CORE_CONFIG.sessionsPerAccount } = options
  return [
    ...PURGES.map((purge) => walkOf(purge, options)),
    {
      name: 'excess_sessions',
      // Only a lower limit leaves such sessions, and a sign-in ends them too. In the order of users each is in another page.
      restSeconds: DAY_SECONDS,
      work: (tx, place) => endExcess(tx, { clock, keep, place }),
      estimate: (db) => estimateRows(db, SESSION_PURGE.table),
    },
    choreOf('former_notes', (tx) => clearFormerNotes(tx, readMigrations())),
    choreOf('late_addresses', (tx) => respellLateAddresses(tx, (sentence) => log.warn(sentence))),
  ]
}

function walkOf(purge: Purge, { clock, auditRetentionSeconds }: HousekeepingOptions): Walk {
  const retention = { auditRetentionSeconds }
  return {
    name: nameOf(purge),
    work: (tx, place) => purgePage(tx, purge, { clock, retention, place }),
    estimate: (db) => estimateRows(db, purge.table),
  }
}

function choreOf(name: string, work: (tx: Parameters<Walk['work']>[0]) => Promise<unknown>): Walk {
  return {
    name,
    isPatient: true,
    work: async (tx) => {
      await work(tx)
      return NOTHING_LEFT
    },
  }
}
