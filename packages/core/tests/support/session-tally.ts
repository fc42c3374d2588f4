import { KINDS, type Kind } from './session-party.ts'

/** The graces that worlds have, in seconds. */
export const GRACES = [30, 0] as const
export type Grace = (typeof GRACES)[number]

const UNBOUND: Kind[] = ['plain', 'keyed', 'tabs']
const WITH_PROOF: Kind[] = ['keyed', 'tabs', 'bound']
const OF_BROWSERS: Kind[] = ['plain', 'tabs', 'bound']

/** What is counted for each kind of client: its row in the table, the kinds that must have it, and those that must not. */
const COUNTS = {
  sessions: row('sessions', 'all'),
  refreshes: row('refreshes', 'all'),
  rolledBack: row('browsers killed that came back with the storage of before', OF_BROWSERS, ['keyed']),
  late: row('retries after the grace that were answered, by key or proof', WITH_PROOF, ['plain']),
  wrongByLate: row('**honest sessions ended**: a retry after the grace', ['plain'], ['keyed', 'bound']),
  wrongByRollback: row(
    '**honest sessions ended**: a storage of before',
    ['plain', 'tabs'],
    ['keyed', 'bound'],
  ),
  wrongByOverwriting: row('**honest sessions ended**: an older answer in the cookie', [], ['keyed', 'bound']),
  wrongByRace: row(
    '**honest sessions ended**: a slow request beside other tabs',
    ['plain'],
    ['keyed', 'bound'],
  ),
  leftBehind: row('signed out: a storage from before a new password or a confirmation', [], ['keyed']),
  copies: row('storages copied by thieves', 'all'),
  thiefAnswers: row('answers to thieves with a copy', UNBOUND, ['bound']),
  thiefAnswersByKey: row('of them: by an idempotency key, after the grace', ['keyed', 'tabs'], ['bound']),
  caught: row('thefts detected, and the session ended', UNBOUND, ['bound']),
  staleCaught: row('of them: by a stale token of the thief', UNBOUND, ['bound']),
  copiesRefused: row('refreshes with a copy refused, and the session untouched', ['bound'], UNBOUND),
  replaysAnswered: row('captured requests answered, within four minutes', ['bound'], UNBOUND),
  replaysRefused: row('captured requests refused', ['bound'], UNBOUND),
  unseen: row('stolen sessions that signed out before a detection', 'all'),
  killed: row(null, 'all'),
  keysReused: row(null, ['keyed', 'tabs'], ['plain', 'bound']),
  noncesRefused: row(null, ['bound'], UNBOUND),
}
export type KindCount = keyof typeof COUNTS

/** What is counted for all clients together. */
const WORLD_COUNTS = [
  /** Proofs of people, each of which opened a successor. */
  'confirmations',
  /** Stolen sessions that ended with the grace after a proof, with their thieves. */
  'thievesLeftBehind',
  /** Proofs that raised their successor to two factors. */
  'raised',
  /** Answers that thieves got at one factor, after a proof of the owner in the session. */
  'thievesBelow',
  /** Proofs by the password alone that were refused, because the second factor is on. */
  'passwordsRefused',
  /** Sessions with one factor that ended when the second factor was turned on. */
  'endedByFactor',
  /** Sessions that lost their second factor when it was turned off. */
  'lowered',
  /** Rows that were put back to an earlier generation, as a restored database does. */
  'rewinds',
  /** Rotations that were repeated, because a token was newer than its row. */
  'repeated',
] as const
export type WorldCount = (typeof WORLD_COUNTS)[number]

interface Row {
  /** The words in the table; null for a count that is only checked. */
  label: string | null
  /** The kinds of which a run must count some. */
  some: readonly Kind[]
  /** The kinds of which a run must count none. */
  none: readonly Kind[]
}

/** The counts of all worlds together. */
export interface Tally {
  steps: number
  /** Sessions that were left because the machine stood still. */
  abandoned: number
  world: Record<WorldCount, number>
  kinds: Record<Grace, Record<Kind, Record<KindCount, number>>>
}

function row(label: string | null, some: 'all' | readonly Kind[], none: readonly Kind[] = []): Row {
  return { label, some: some === 'all' ? KINDS : some, none }
}

function zeros<Name extends string>(names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>
}

const NAMES = Object.keys(COUNTS) as KindCount[]

/** Counts nothing yet. */
export function createTally(): Tally {
  const kinds = () => Object.fromEntries(KINDS.map((kind) => [kind, zeros(NAMES)])) as Tally['kinds'][0]
  return { steps: 0, abandoned: 0, world: zeros(WORLD_COUNTS), kinds: { 30: kinds(), 0: kinds() } }
}

/** Lists what a run must have counted and did not, and what it must not have counted. An empty list is good. */
export function listFaults(tally: Tally): string[] {
  const missing = WORLD_COUNTS.filter((name) => tally.world[name] === 0)
  const sum = (kind: Kind, name: KindCount) => tally.kinds[30][kind][name] + tally.kinds[0][kind][name]
  const faults = NAMES.flatMap((name) => [
    ...COUNTS[name].some.filter((kind) => sum(kind, name) === 0).map((kind) => `no ${name} of ${kind}`),
    ...COUNTS[name].none.filter((kind) => sum(kind, name) > 0).map((kind) => `${name} of ${kind}`),
  ])
  return [...missing, ...faults]
}

const HEADS: Record<Kind, string> = {
  plain: 'plain',
  keyed: 'with a key, one process',
  tabs: 'with a key, tabs and a cookie',
  bound: 'bound',
}

/** The counts as a table of Markdown: with the usual grace, and without one. */
export function formatTable(tally: Tally): string {
  const cells = (name: KindCount) =>
    KINDS.map((kind) =>
      GRACES.map((grace) => tally.kinds[grace][kind][name].toLocaleString('en')).join(' / '),
    )
  const lines = NAMES.map((name) => [COUNTS[name].label, ...cells(name)]).filter(([label]) => label !== null)
  return [['', ...KINDS.map((kind) => HEADS[kind])], ['---', ...KINDS.map(() => '---')], ...lines]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n')
}
