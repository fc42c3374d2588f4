import { summarize } from '../report.ts'
import { type Contender, call, NAMES } from './contender.ts'
import type { Cluster } from './databases.ts'
import { type Field, type FieldOptions, startField } from './field.ts'
import type { FigureRatio, Figures, FloodFigure, Operation, Profile } from './figures.ts'
import { FLOOD, measureFlood } from './measure-flood.ts'
import { measureProfile } from './measure-profile.ts'
import { measureRounds } from './measure-rounds.ts'
import { measureScale } from './measure-scale.ts'
import { compareContenders } from './ratios.ts'

/** What was measured, without the circumstances. */
export type Measured = Pick<Figures, 'size' | 'lines' | 'ratios' | 'rests' | 'floods' | 'scales' | 'profiles'>

/**
 * Measures everything in one run, in turn.
 *
 * @param cluster - its database is migrated and has no users
 * @param report - hears what is measured next
 */
export async function runFigures(
  cluster: Cluster,
  options: FieldOptions,
  report: (line: string) => void,
): Promise<Measured> {
  const { size } = options
  report('Starting the contenders')
  const field = await startField(cluster, options)
  const { floods, rounds, rests } = await measureField(cluster, field, { ...options, report })
  const ratios = compareContenders(rounds)
  if (size.accounts) report(`Filling a database with ${size.accounts.many} accounts`)
  const scales = size.accounts ? await measureScale(cluster, { ...options, accounts: size.accounts }) : []
  const missed = size.isProfiled ? listMissed(ratios) : []
  if (missed.length > 0) report(`Profiling what missed its aim: ${missed.join(', ')}`)
  const profiles: Profile[] = []
  for (const operation of missed) profiles.push(await measureProfile(cluster, { ...options, operation }))
  return { size, lines: summarize(rounds), ratios, rests, floods, scales, profiles }
}

async function measureField(
  cluster: Cluster,
  field: Field,
  { size, report }: FieldOptions & { report: (line: string) => void },
) {
  try {
    report('Measuring the operations in turn')
    const rounds = await measureRounds(cluster, field.contenders, size)
    report('Measuring refreshes in a flood of sign-ins')
    const floods: FloodFigure[] = []
    for (const name of [NAMES.latchkey, NAMES.route, NAMES.betterAuth]) {
      const refreshing = field.contenders.find((contender) => contender.name === name)
      if (refreshing) floods.push(await floodOne(field, refreshing, size))
    }
    return { rounds, floods, rests: await field.readRests() }
  } finally {
    await field.stop()
  }
}

/** The people of a flood are others than those who refresh, and come from another process. */
async function floodOne(
  field: Field,
  refreshing: Contender,
  size: FieldOptions['size'],
): Promise<FloodFigure> {
  const burning = field.contenders.find(({ name }) => name === NAMES.bareHash)
  const { server } = refreshing
  if (!server || !burning) throw new Error(`${refreshing.name} has no server, or the bare loop is missing.`)
  const protocol = refreshing.name === NAMES.betterAuth ? 'better-auth' : 'rest'
  const signingIn = await call(server, {
    name: refreshing.name,
    protocol,
    operations: ['login'],
    people: FLOOD.signingIn,
  })
  try {
    return await measureFlood({ refreshing, signingIn, burning }, size)
  } finally {
    signingIn.stop()
  }
}

/** The operations of Latchkey that stay below an aim. */
export function listMissed(ratios: FigureRatio[]): Operation[] {
  const missed = ratios.filter(({ ratio, aim, of }) => of === NAMES.latchkey && aim !== null && ratio < aim)
  return [...new Set(missed.map(({ operation }) => operation))]
}
