import { DAY_SECONDS, HOUR_SECONDS, type Overdue, readOverdue, spellCount } from '@latchkey/core'
import { type Check, good, mend } from './check.ts'

/** Rows that should have been deleted long ago: then the housekeeping does not run, or fails. */
export const HOUSEKEEPING: Check = {
  name: 'housekeeping',
  examine: async ({ config, domain }) => {
    const { auditRetentionSeconds } = config()
    const tables = await readOverdue({ ...(await domain()), auditRetentionSeconds })
    const late = tables.filter(({ isOverdue }) => isOverdue)
    if (late.length === 0) return [good('no table has rows that should have been deleted long ago')]
    return late.map((table) =>
      mend(
        `${describeLate(table)}; keep a server running, and look for housekeeping_failed in the logs of the servers`,
      ),
    )
  },
}

function describeLate({ table, dueRows, hasMore, oldestDueSeconds, sweptSecondsAgo }: Overdue): string {
  const rows = `${table} has ${hasMore ? 'at least ' : ''}${spellCount(dueRows, 'expired row', 'expired rows')}`
  const age = oldestDueSeconds === null ? '' : `, the oldest for ${describeTime(oldestDueSeconds)} too long`
  const swept =
    sweptSecondsAgo === null ? '' : `; it was last gone through ${describeTime(sweptSecondsAgo)} ago`
  return `${rows}${age}${swept}`
}

function describeTime(seconds: number): string {
  if (seconds < DAY_SECONDS) return `${Math.round(seconds / HOUR_SECONDS)} h`
  return spellCount(Math.round(seconds / DAY_SECONDS), 'day', 'days')
}
