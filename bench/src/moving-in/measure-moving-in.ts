import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { migrateDatabase } from '@latchkey/core'
import postgres from 'postgres'
import { type Cluster, createDatabase } from '../figures/databases.ts'
import { newSecret } from '../settings.ts'
import { type Copied, copyRows } from './copy-rows.ts'
import { makeSource } from './make-source.ts'
import { type Seen, watchCommand } from './watch-command.ts'

/** The memory that an import may use, however many users there are. */
export const MOST_MIB = 256

const SERVER = join(import.meta.dirname, '../../../apps/server')
const BUNDLE = join(SERVER, 'dist/cli.js')

/** The command line: the bundle when it was built, else the sources. */
const CLI = existsSync(BUNDLE) ? BUNDLE : join(SERVER, 'src/process/cli/main.ts')

export interface MovingInOptions {
  users: number
  /** A folder that nothing else uses. */
  folder: string
  report: (line: string) => void
  /** The command line to measure, unless it is that of the repository. */
  cli?: string
}

/** What was seen of the same users, in one run. */
export interface MovingIn {
  users: number
  sessions: number
  /** The first import of all rows. */
  first: Seen
  /** The second one, which changes nothing. */
  second: Seen
  copy: Copied
}

/** Moves generated users in twice with the command of an operator, and copies the same rows without it. */
export async function measureMovingIn(cluster: Cluster, options: MovingInOptions): Promise<MovingIn> {
  const { users, report, cli = CLI } = options
  const source = await createDatabase(cluster, 'django')
  const target = await createDatabase(cluster, 'latchkey')
  report(`Making ${users} users of the old server`)
  await makeSource(source.url, users)
  await migrateDatabase({ url: target.url, poolSize: 1, prepare: true })
  const env = {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://auth.example.com',
    SECRET_KEY: newSecret(),
    DATA_DIR: options.folder,
    DATABASE_URL: target.url,
    DJANGO_DATABASE_URL: source.url,
    MAIL: 'off',
  }
  const move = () => watchCommand([cli, 'import', 'django', '--unverified', 'account'], env)
  report(`Moving them in: ${cli}`)
  const first = await move()
  for (const line of first.progress) report(line)
  report('Moving them in again')
  const second = await move()
  report('Copying the same rows')
  const copy = await copyRows(target.url)
  return { users, sessions: await countSessions(target.url), first, second, copy }
}

async function countSessions(url: string): Promise<number> {
  const sql = postgres(url, { max: 1 })
  try {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from sessions`
    return row?.count ?? 0
  } finally {
    await sql.end()
  }
}
