import { join } from 'node:path'
import { migrateDatabase } from '@latchkey/core'
import { fillDatabase, filledEmail } from '@latchkey/testkit/filler'
import { hash } from '@node-rs/argon2'
import postgres from 'postgres'
import { PASSWORD } from '../callers/person.ts'
import type { Measurement } from '../measure.ts'
import { median, medianRatio } from '../report.ts'
import type { Argon2 } from '../settings.ts'
import { type Contender, call, NAMES } from './contender.ts'
import { type Cluster, createDatabase } from './databases.ts'
import type { Operation, ScaleFigure, Size } from './figures.ts'
import { latchkeyOn } from './servers.ts'

/** How many of the stored users call, spread over all of them. */
const CALLING = 200
const OPERATIONS = ['login', 'refresh', 'user'] as const

interface Side {
  contender: Contender
  stop(): Promise<void>
}

/** Measures the same operations on a server with few stored accounts and on one with many, in turn. */
export async function measureScale(
  cluster: Cluster,
  input: { size: Size; argon2: Argon2; folder: string; accounts: { few: number; many: number } },
): Promise<ScaleFigure[]> {
  const sides: Side[] = []
  try {
    for (const accounts of [input.accounts.few, input.accounts.many])
      sides.push(await startFilled(cluster, { ...input, accounts }))
    const [few, many] = sides.map(({ contender }) => contender) as [Contender, Contender]
    return await measureInTurn(few, many, input.size)
  } finally {
    for (const side of sides) await side.stop()
  }
}

async function startFilled(
  cluster: Cluster,
  input: { size: Size; argon2: Argon2; folder: string; accounts: number },
): Promise<Side> {
  const { accounts, argon2, size, folder } = input
  const { url, superuserUrl } = await createDatabase(cluster, `accounts_${accounts}`)
  await migrateDatabase({ url, poolSize: 1, prepare: true })
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => {} })
  const passwordHash = await hash(PASSWORD, argon2)
  await fillDatabase(sql, { users: accounts, sessionsPerUser: 1, eventsPerUser: 1, passwordHash })
  // What the filling wrote must not be written to the disk while the rounds run.
  await sql`checkpoint`
  await sql.end()
  const server = await latchkeyOn(url, { argon2, dataDir: join(folder, `accounts-${accounts}`) })()
  const calling = Math.min(CALLING, accounts)
  const stored = Array.from({ length: calling }, (_, i) => filledEmail(Math.floor((i * accounts) / calling)))
  const contender = await call(server, {
    name: NAMES.latchkey,
    protocol: 'rest',
    operations: OPERATIONS,
    people: size.clients,
    stored,
  })
  return {
    contender,
    stop: async () => {
      contender.stop()
      await server.stop()
    },
  }
}

async function measureInTurn(few: Contender, many: Contender, size: Size): Promise<ScaleFigure[]> {
  const load = { clients: size.clients, seconds: size.seconds }
  const figures: ScaleFigure[] = []
  for (const operation of OPERATIONS) {
    if (size.warmUpSeconds > 0)
      for (const side of [few, many]) await side.run(operation, { ...load, seconds: size.warmUpSeconds })
    const seen: { few: Measurement[]; many: Measurement[] } = { few: [], many: [] }
    for (let round = 0; round < size.rounds; round++) {
      // Each round begins with another side.
      const turn = round % 2 === 0 ? (['few', 'many'] as const) : (['many', 'few'] as const)
      for (const side of turn) seen[side].push(await (side === 'few' ? few : many).run(operation, load))
    }
    figures.push(summarizeScale(operation, seen))
  }
  return figures
}

/** The medians of the rounds, and the median of the ratios of each pair. */
export function summarizeScale(
  operation: Operation,
  { few, many }: { few: Measurement[]; many: Measurement[] },
): ScaleFigure {
  const middle = (side: Measurement[]) => ({
    p50: median(side.map(({ p50 }) => p50)),
    p99: median(side.map(({ p99 }) => p99)),
  })
  const ratio = medianRatio(
    many.map(({ p50 }) => p50),
    few.map(({ p50 }) => p50),
  )
  return { operation, few: middle(few), many: middle(many), ratio }
}
