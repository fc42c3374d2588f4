import type { ImportOutcome } from '@latchkey/core/imports/run-import'
import type { Answer } from '../../command.ts'
import { formatTable } from '../../table.ts'

/** Tells what a run has come to: every count, what the operator has to do next, and why it has stopped. */
export function describeOutcome(
  outcome: ImportOutcome,
  { final, hasTokens }: { final: boolean; hasTokens: boolean },
): Answer {
  const { id, source, counts, facts, firstExternalId, stops } = outcome
  const told = Object.entries(facts)
  const counted = Object.entries(counts)
  const lines = [
    id === null ? `Nothing was written. The source is ${source}.` : `Import ${id} of ${source} is done.`,
    '',
    ...section(
      ['in the source', 'what was found'],
      told.filter(([name]) => !isSetting(name)).map(([name, fact]) => [name.replaceAll('_', ' '), fact]),
    ),
    ...section(
      [id === null ? 'would move in' : 'moved in', 'count'],
      counted.filter(([name]) => isTotal(name)).map(([name, count]) => [spellTotal(name), count]),
    ),
    ...section(
      ['word of the report', 'count'],
      counted.filter(([name]) => !isTotal(name)),
    ),
    ...section(
      ['setting of the server', 'value'],
      told.filter(([name]) => isSetting(name)).map(([name, value]) => [name.slice(SETTING.length), value]),
    ),
    ...describeNext(outcome, { final, hasTokens }),
  ]
  return {
    text: lines.join('\n').trimEnd(),
    data: {
      id,
      source,
      counts: Object.entries(counts).map(toCount),
      facts: Object.entries(facts).map(toCount),
      firstExternalId,
      stops,
    },
    ...(stops.length > 0 && { failure: ['Nothing was written:', ...stops].join('\n') }),
  }
}

const SETTING = 'set '
const WORK = 'work:'
const TOTALS = [
  'users',
  'accounts',
  'pending',
  'verified',
  'active',
  'sessions',
  'stored_users',
  'changed_users',
  'stored_sessions',
  'ended_sessions',
]

const isSetting = (name: string) => name.startsWith(SETTING)

/** Every other count is that of a word, with which the report names the cases. */
const isTotal = (name: string) => TOTALS.includes(name) || name.startsWith(WORK) || name.startsWith('role ')

const spellTotal = (name: string) =>
  name.startsWith(WORK) ? `passwords checked by ${name.slice(WORK.length)}` : name.replaceAll('_', ' ')

/** A table and the empty line behind it; nothing for no rows. */
function section(head: string[], rows: [string, string | number][]): string[] {
  if (rows.length === 0) return []
  return [
    formatTable(
      head,
      rows.map((row) => row.map(String)),
    ),
    '',
  ]
}

/** Names of counts are data, so the names of JSON are not made of them. */
function toCount([name, count]: [string, number | string]) {
  return { name, count }
}

function describeNext(
  { id, counts, firstExternalId, stops }: ImportOutcome,
  { final, hasTokens }: { final: boolean; hasTokens: boolean },
): string[] {
  const lines: string[] = []
  if (firstExternalId !== null) {
    const given = id !== null && final ? 'get' : 'will get, after the final run,'
    lines.push(`New users ${given} the ids from ${firstExternalId} on for other services.`)
  }
  if (!counts['role 900']) {
    lines.push(
      'No user of the source is a superuser (900). Make one: latchkey user set-role <address> superuser',
    )
  }
  if (id !== null && !final && hasTokens)
    lines.push('Old tokens are refused until a run with --final has finished.')
  if (id === null && stops.length === 0)
    lines.push('Run the same command without --dry-run to move the users in.')
  return lines
}
