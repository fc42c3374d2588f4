import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createDjangoDatabase,
  createTestDatabase,
  DJANGO_PREFIX,
  DJANGO_SECRET_KEY,
  findFreePort,
  type TestDatabase,
  waitUntil,
} from '@latchkey/testkit'
import { type Run, runServer, waitForAddress } from '../run-server.ts'
import { bundleServer } from '../server-bundle.ts'

const UNLIMITED = Object.fromEntries(
  ['ANON', 'USER', 'REFRESH', 'LOGIN', 'LOGIN_EMAIL', 'MAIL'].map((name) => [`THROTTLE_${name}`, 'off']),
)

/** What a command has printed, and its exit code. */
export interface Done {
  code: number | null
  out: string
  err: string
}

/** A move: the old deployment, the new database, and the commands of the operator. */
export interface Move {
  django: TestDatabase
  database: TestDatabase
  /** The tokens of the fixture are as old as the move. In seconds. */
  liveAt: number
  env: Record<string, string>
  /** A folder that goes with the move. */
  folder: string
  /** Runs `latchkey` with the settings of the operator. */
  latchkey(words: string[], env?: Record<string, string>): Promise<Done>
  /** Runs an import and expects that it is done. */
  importAll(...words: string[]): Promise<Done>
  /** Starts an import and kills it as soon as the condition holds. Returns the signal that ended it. */
  killImport(isTime: () => Promise<boolean>): Promise<NodeJS.Signals | null>
  /** Starts a server that takes old tokens, and returns the address of its REST paths. */
  serve(env?: Record<string, string>): Promise<{ url: string; port: number; server: Run }>
  close(): Promise<void>
}

/** Makes the database of the old deployment from the fixture, and an empty one of Latchkey. */
export async function prepareMove(): Promise<Move> {
  const liveAt = Math.floor(Date.now() / 1000)
  const django = await createDjangoDatabase({ liveAt })
  const database = await createTestDatabase({ mail: true })
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-move-'))
  const servers: Run[] = []
  const env = {
    ...UNLIMITED,
    SECRET_KEY: 'x'.repeat(40),
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    DJANGO_DATABASE_URL: django.url,
    EMAIL_VERIFICATION: 'mandatory',
    PASSWORD_HASH_MEMORY_KIB: '8',
    PUBLIC_URL: 'http://localhost:3999',
    REST_PREFIX: DJANGO_PREFIX,
  }
  const latchkey = async (words: string[], more: Record<string, string> = {}) =>
    runCommand([(await bundleServer()).cli, ...words], { ...env, ...more })
  return {
    django,
    database,
    liveAt,
    env,
    folder,
    latchkey,
    importAll: async (...words) => {
      const done = await latchkey(['import', 'django', ...words])
      if (done.code !== 0) throw new Error(`The import ended with ${done.code}: ${done.err}${done.out}`)
      return done
    },
    killImport: async (isTime) => {
      const args = [(await bundleServer()).cli, 'import', 'django', '--weak', 'wrap']
      const child = spawn(process.execPath, args, {
        env: { PATH: process.env.PATH, ...env },
        stdio: 'ignore',
      })
      const end = once(child, 'close')
      await waitUntil(async () => child.exitCode !== null || (await isTime()), 'the time to kill the import')
      child.kill('SIGKILL')
      return (await end)[1] as NodeJS.Signals | null
    },
    serve: async (more = {}) => {
      const port = await findFreePort()
      const server = runServer({ ...env, DJANGO_SECRET_KEY, PORT: String(port), ...more })
      servers.push(server)
      await waitForAddress(server)
      return { url: `http://127.0.0.1:${port}${DJANGO_PREFIX}`, port, server }
    },
    close: async () => {
      for (const server of servers) server.process.kill('SIGTERM')
      await Promise.all(servers.map(({ exit }) => exit))
      await Promise.all([django.drop(), database.drop()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Runs a program of Node to its end. */
export async function runCommand(args: string[], env: Record<string, string>): Promise<Done> {
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, ...env } })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  child.stdin.end()
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err }
}
