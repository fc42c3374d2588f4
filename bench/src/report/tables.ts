import { FLOOD_AIM, SCALE_AIM } from '../figures/aims.ts'
import type { FigureRatio, Figures, Operation } from '../figures/figures.ts'

/** A table of the report. The first column is text, the others are numbers. */
export interface Table {
  title: string
  rows: Record<string, string | number>[]
}

/** How people call the operations. */
export const TITLES: Record<Operation, string> = {
  login: 'Sign-in',
  registration: 'Registration',
  refresh: 'Refresh',
  user: 'User read',
  mixed: 'Mixed',
}

/** The tables of a run. A table without rows is left out. */
export function listTables(figures: Figures): Table[] {
  return [
    { title: 'Against the aims', rows: listAims(figures) },
    ...listOperations(figures),
    { title: 'Ratios', rows: figures.ratios.map(describeRatio) },
    { title: 'Refreshes while people sign in', rows: listFloods(figures) },
    { title: 'Few and many accounts', rows: listScales(figures) },
    { title: 'Start and memory', rows: listRests(figures) },
    ...listProfiles(figures),
  ].filter(({ rows }) => rows.length > 0)
}

function listAims({ ratios, floods, scales }: Figures): Table['rows'] {
  const wanted = ratios.filter(({ aim }) => aim !== null)
  const [flood] = floods
  return [
    ...wanted.map(({ operation, to, ratio, aim }) => ({
      what: `${TITLES[operation]}: calls per second, of those of ${to}`,
      seen: ratio.toFixed(2),
      aim: `${aim} or more`,
      met: ratio >= (aim ?? 0) ? 'yes' : 'no',
    })),
    ...(flood
      ? [
          {
            what: 'Refresh, p99 in a flood of sign-ins, of that beside a burn of the processor',
            seen: flood.ratio.toFixed(2),
            aim: `${FLOOD_AIM} or less`,
            met: flood.ratio <= FLOOD_AIM ? 'yes' : 'no',
          },
        ]
      : []),
    ...scales.map(({ operation, ratio }) => ({
      what: `${TITLES[operation]}: median with many accounts, of that with few`,
      seen: ratio.toFixed(2),
      aim: `${SCALE_AIM} or less`,
      met: ratio <= SCALE_AIM ? 'yes' : 'no',
    })),
  ]
}

function listOperations({ lines }: Figures): Table[] {
  return [...Map.groupBy(lines, ({ operation }) => operation)].map(([operation, own]) => ({
    title: TITLES[operation],
    rows: own.map(({ contender, perSecond, p50, p99, cpu, rounds }) => ({
      contender,
      'per second': Math.round(perSecond),
      'p50 ms': p50.toFixed(1),
      'p99 ms': p99.toFixed(1),
      'server CPU ms': ((1000 * cpu.server) / perSecond).toFixed(2),
      rounds: rounds.join(' '),
    })),
  }))
}

function describeRatio({ operation, of, to, ratio }: FigureRatio): Table['rows'][number] {
  return { operation: TITLES[operation], contender: of, 'compared with': to, ratio: ratio.toFixed(2) }
}

function listFloods({ floods }: Figures): Table['rows'] {
  return floods.map(({ contender, quiet, flood, burn, ratio }) => ({
    contender,
    'quiet p99 ms': quiet.p99.toFixed(1),
    'burn p99 ms': burn.p99.toFixed(1),
    // Without a single answer there is no percentile.
    'flood p99 ms': flood.p99 > 0 ? flood.p99.toFixed(1) : 'no answer',
    'flood / burn': flood.p99 > 0 ? ratio.toFixed(2) : 'no answer',
    'sign-ins per second': Math.round(flood.loginsPerSecond),
    'hashes of the burn': Math.round(burn.hashesPerSecond),
  }))
}

function listScales({ scales, size }: Figures): Table['rows'] {
  const count = (accounts: number) => `${accounts.toLocaleString('en')} accounts`
  const { few = 0, many = 0 } = size.accounts ?? {}
  return scales.map((scale) => ({
    operation: TITLES[scale.operation],
    [`p50 ms, ${count(few)}`]: scale.few.p50.toFixed(2),
    [`p50 ms, ${count(many)}`]: scale.many.p50.toFixed(2),
    ratio: scale.ratio.toFixed(2),
    [`p99 ms, ${count(few)}`]: scale.few.p99.toFixed(1),
    [`p99 ms, ${count(many)}`]: scale.many.p99.toFixed(1),
  }))
}

function listRests({ rests }: Figures): Table['rows'] {
  const mib = (value: number | null) => (value === null ? 'unknown' : Math.round(value))
  return rests.map(({ contender, startSeconds, idleMib, loadedMib }) => ({
    contender,
    'start s': startSeconds.toFixed(2),
    'idle MiB': mib(idleMib),
    'loaded MiB': mib(loadedMib),
  }))
}

function listProfiles({ profiles }: Figures): Table[] {
  return profiles.map(({ operation, functions }) => ({
    title: `Where the time of the server goes: ${TITLES[operation].toLowerCase()}`,
    rows: functions.map(({ name, place, share }) => ({
      function: name,
      share: `${(100 * share).toFixed(1)} %`,
      place: place || 'Node',
    })),
  }))
}
