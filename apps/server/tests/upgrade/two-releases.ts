import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, createTestMailbox, type TestDatabase, type TestMailbox } from '@latchkey/testkit'
import { type Run, runServer, waitForAddress } from '../run-server.ts'
import { bundleServer, type ServerBundle } from '../server-bundle.ts'
import { buildFormerRelease } from './former-release.ts'

/** A release of the server, on the database that both releases share. */
export interface Release {
  start(): Promise<{ url: string; run: Run }>
  /** What its servers have printed. */
  output(): string
  /** Stops the servers of the release. */
  stop(): Promise<void>
  /** Runs a command of the release, which must succeed unless a code is given. */
  command(words: string[], options?: { input?: string; code?: number }): Promise<string>
}

/** The former and the present release, with one database and one mailbox. */
export interface TwoReleases {
  former: Release
  present: Release
  /** The folder of the migrations of the former release. */
  formerMigrations: string
  database: TestDatabase
  mailbox: TestMailbox
  close(): Promise<void>
}

/** A strict grace, so that a rotation that one release loses is seen at the other. Counters are in the database. */
const SETTINGS = {
  SECRET_KEY: 'z'.repeat(40),
  PUBLIC_URL: 'http://localhost:3000',
  EMAIL_VERIFICATION: 'optional',
  REFRESH_GRACE: '0',
  THROTTLE_STORE: 'postgres',
  THROTTLE_ANON: 'off',
  THROTTLE_USER: 'off',
  PASSWORD_HASH_MEMORY_KIB: '8',
  PASSWORD_HASH_PASSES: '1',
}

/** Builds both releases, on an empty database. */
export async function openTwoReleases(): Promise<TwoReleases> {
  const [former, present] = await Promise.all([buildFormerRelease(), bundleServer()])
  const database = await createTestDatabase({ empty: true })
  const mailbox = await createTestMailbox(() => database)
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-releases-'))
  await symlink(mailbox.settings.mailboxDir ?? '', join(dataDir, 'mailbox'))
  const env = { ...SETTINGS, DATA_DIR: dataDir, DATABASE_URL: database.url }
  const releases = { former: releaseOf(former, env), present: releaseOf(present, env) }
  return {
    ...releases,
    formerMigrations: former.migrations,
    database,
    mailbox,
    close: async () => {
      for (const release of Object.values(releases)) await release.stop()
      await database.drop()
      await mailbox.remove()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function releaseOf({ main, cli }: ServerBundle, env: Record<string, string>): Release {
  const runs: Run[] = []
  const all: Run[] = []
  return {
    start: async () => {
      const run = runServer(env, main)
      runs.push(run)
      all.push(run)
      return { url: await waitForAddress(run), run }
    },
    output: () => all.map(({ output }) => output()).join(''),
    stop: async () => {
      for (const run of runs.splice(0)) {
        run.process.kill('SIGTERM')
        await run.exit
      }
    },
    command: async (words, { input = '', code = 0 } = {}) => {
      const child = spawn(process.execPath, [cli, ...words], { env: { PATH: process.env.PATH, ...env } })
      let output = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk) => {
          output += chunk
        })
      }
      child.stdin.end(input)
      const [done] = (await once(child, 'close')) as [number | null]
      if (done !== code) throw new Error(`${words.join(' ')} ended with ${done}: ${output}`)
      return output
    },
  }
}
