import { type Overdue, readOverdue, runHousekeeping } from '@latchkey/core'
import type { Answer, Command, Run } from '../command.ts'
import { formatTable } from '../table.ts'

/** Shows what the servers have deleted and what waits, or deletes it now. */
export const HOUSEKEEPING: Command = {
  name: 'housekeeping',
  summary: 'Show how many expired rows wait in each table',
  usage: '[--run]',
  options: {
    run: {
      type: 'boolean',
      help: 'Delete them now, in small batches, instead of the next hours. It may be ended at any time.',
    },
  },
  words: { min: 0, max: 0 },
  plan: ({ options }) => (options.run ? deleteNow : show),
}

const HEAD = ['table', 'expired', 'oldest, in hours', 'last complete, hours ago', 'deleted so far']

async function show({ config, open }: Run): Promise<Answer> {
  const { ctx } = await open()
  const tables = await readOverdue({ ...ctx, auditRetentionSeconds: config.auditRetentionSeconds })
  const rows = tables.map((table) => [
    table.table,
    `${table.dueRows}${table.hasMore && table.dueRows > 0 ? ' or more' : ''}`,
    hoursOf(table.oldestDueSeconds),
    hoursOf(table.sweptSecondsAgo),
    String(table.purgedRows),
  ])
  const late = tables.filter(({ isOverdue }: Overdue) => isOverdue).map(({ table }) => table)
  const answer = { text: formatTable(HEAD, rows), data: { tables } }
  return late.length === 0 ? answer : { ...answer, failure: `More than two days late: ${late.join(', ')}.` }
}

async function deleteNow({ config, open }: Run): Promise<Answer> {
  const { ctx } = await open()
  const { auditRetentionSeconds, sessionsPerAccount } = config
  const outcomes = await runHousekeeping({ ...ctx, auditRetentionSeconds, sessionsPerAccount })
  if (!outcomes)
    throw new Error('A server deletes what has expired at this moment. Try again when its round is over.')
  const tables = outcomes.map(({ name, examined, purged, end }) => ({ table: name, examined, purged, end }))
  const rows = tables.map((one) => [one.table, String(one.examined), String(one.purged), one.end])
  const text = formatTable(['table', 'examined', 'deleted', 'end'], rows)
  const failed = tables.filter(({ end }) => end !== 'complete').map(({ table }) => table)
  if (failed.length === 0) return { text, data: { tables } }
  return { text, data: { tables }, failure: `Not complete: ${failed.join(', ')}. The log has the reason.` }
}

function hoursOf(seconds: number | null): string {
  return seconds === null ? '' : (seconds / 3600).toFixed(1)
}
