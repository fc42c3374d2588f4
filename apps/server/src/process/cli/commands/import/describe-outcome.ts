import type { ImportOutcome } from '@latchkey/core/imports/run-import'
import type { Answer } from '../../command.ts'
import { formatTable } from '../../table.ts'

/** Tells what a run has come to: every count, what the operator has to do next, and why it has stopped. */
export function describeOutcome(
  outcome: ImportOutcome,
  { final, hasTokens }: { final: boolean; hasTokens: boolean },
): Answer {
  const { id, source, counts, facts, firstExternalId, stops } = outcome
  const told: Row[] = [['users', counts.users ?? 0], ...Object.entries(facts)]
  const settings = [...told.filter(([name]) => isSetting(name)), ...listSettings(counts)]
  const lines = [
    id === null ? `Nothing was written. The source is ${source}.` : `Import ${id} of ${source} is done.`,
    '',
    ...section(
      ['in the source', 'what was found'],
      told.filter(([name]) => !isSetting(name)).map(([name, fact]) => [spellFact(name), fact]),
    ),
    ...section(['to move in', 'count'], listTotals(counts)),
    ...section(
      ['word of the report', 'count'],
      Object.entries(counts).filter(([name]) => isWord(name)),
    ),
    ...section(
      ['setting of the server', 'value'],
      settings.map(([name, value]) => [name.slice(SETTING.length), value]),
    ),
    ...(id === null
      ? []
      : section(
          ['written here', 'count'],
          Object.entries(WRITTEN).map(([name, spelled]) => [spelled, counts[name] ?? 0]),
        )),
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
const TOTALS = ['accounts', 'pending', 'verified', 'active', 'sessions']
/** What a run has written, by the name of its count. */
const WRITTEN: Record<string, string> = {
  stored_users: 'users added',
  changed_users: 'users changed',
  stored_sessions: 'sessions added',
  ended_sessions: 'sessions ended',
}

const isSetting = (name: string) => name.startsWith(SETTING)
const isSpread = (name: string) => name.startsWith('role ') || name.startsWith(WORK)

/** Every other count is that of a word, with which the report names the cases. */
const isWord = (name: string) => !['users', ...TOTALS].includes(name) && !isSpread(name) && !(name in WRITTEN)

/** The words of a fact have no blanks. A format of a hash stays as it is. */
const spellFact = (name: string) => (/^[a-z_]+$/.test(name) ? name.replaceAll('_', ' ') : name)
const spellSpread = (name: string) => name.replace(WORK, 'passwords checked by ')

type Row = [string, string | number]

/** What the hashes need of the server: those of Firebase are checked with a key that no file of users has. */
function listSettings(counts: ImportOutcome['counts']): Row[] {
  const fromFirebase = Object.keys(counts).some((name) => name.startsWith(`${WORK}latchkey-firebase`))
  const key = 'base64_signer_key of the password hash parameters; without it these passwords are refused'
  return fromFirebase ? [[`${SETTING}FIREBASE_SIGNER_KEY`, key]] : []
}

function listTotals(counts: ImportOutcome['counts']): Row[] {
  const spread = Object.entries(counts).filter(([name]) => isSpread(name))
  return [
    ...TOTALS.filter((name) => name in counts).map((name): Row => [name, counts[name] ?? 0]),
    ...spread.map(([name, count]): Row => [spellSpread(name), count]),
  ]
}

/** A table and the empty line behind it; nothing for no rows. */
function section(head: string[], rows: Row[]): string[] {
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
