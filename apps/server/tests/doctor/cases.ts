import { once } from 'node:events'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { requestPasswordReset } from '@latchkey/core/operations/password/request-password-reset'
import {
  createSelfSigned,
  createTestCore,
  createTestDatabase,
  signUp,
  startOwnPostgres,
  startTestRedis,
  TEST_SECRET_KEY,
  waitUntil,
} from '@latchkey/testkit'
import type { Exam } from '../../src/process/cli/doctor/exam.ts'
import type { World } from './world.ts'

/** A deployment that one check looks at. */
export interface Setup {
  /** The variables that differ from those of the healthy deployment; an empty one is not set. */
  env?: Record<string, string>
  /** Parts of the exam that no real deployment of a test can have. */
  exam?: Partial<Exam>
  /** Undoes what the case has changed. */
  undo?: () => Promise<unknown>
}

/** The two sides of a check. The healthy deployment is the good case of a check without `good`. */
export interface Case {
  good?: (world: World) => Setup | Promise<Setup>
  bad: (world: World) => Setup | Promise<Setup>
  /** What the check says in the bad case: what it saw, and how to mend it. */
  says: RegExp
}

const HTTPS = { PUBLIC_URL: 'https://auth.example.com' }

/** Both cases of each check, by its name. */
export const CASES: Record<string, Case> = {
  settings: {
    bad: () => ({ env: { PORT: 'x', DATABSE_URL: 'y' } }),
    says: /PORT must be .*did you mean DATABASE_URL/s,
  },
  'secret files': {
    good: (world) => nameSecretFile(world, 0o400),
    bad: (world) => nameSecretFile(world, 0o644),
    says: /SECRET_KEY_FILE names .*, mode 644: .*chmod 400/,
  },
  database: {
    bad: ({ env, deadPort }) => ({ env: { DATABASE_URL: withPort(env.DATABASE_URL, deadPort) } }),
    says: /cannot be reached\. Reason: .*ECONNREFUSED/,
  },
  PostgreSQL: {
    bad: () => ({ exam: answering({ told: '13.9', number: 130_009 }) }),
    says: /13\.9 is too old; upgrade/,
  },
  session: {
    bad: ({ database }) => setOnDatabase(database, 'default_transaction_read_only', 'on'),
    says: /default_transaction_read_only is "on".*alter role .* set default_transaction_read_only = 'off'/,
  },
  schema: {
    bad: async () => {
      const empty = await createTestDatabase({ empty: true })
      return { env: { DATABASE_URL: empty.url, MIGRATE_ON_START: 'false' }, undo: empty.drop }
    },
    says: /no tables of Latchkey in the schema public yet.*run latchkey migrate/,
  },
  rights: {
    bad: async ({ database, asRole }) => {
      const url = await asRole('')
      const { username } = new URL(url)
      await database.sql.unsafe(`grant select on all tables in schema public to ${username}`)
      return { env: { DATABASE_URL: url } }
    },
    says: /may not use every table .*users: INSERT, UPDATE, DELETE.*: GRANT SELECT, INSERT, UPDATE, DELETE ON .*public\.users.* TO doctor_/,
  },
  'database TLS': {
    // Linux connects to itself at this address, which is not one of the loopback addresses.
    bad: ({ env }) => ({ env: { DATABASE_URL: String(env.DATABASE_URL).replace('127.0.0.1', '0.0.0.0') } }),
    says: /no TLS.*sslmode=verify-full/,
  },
  pooler: { bad: () => ({ env: { DATABASE_PREPARE: 'false' } }), says: /no pooler is seen.*remove/ },
  connections: {
    bad: async ({ asRole }) => ({ env: { DATABASE_URL: await asRole('connection limit 3') } }),
    says: /DATABASE_POOL_SIZE is 10, but the limit of the role doctor_\w+ is 3; raise/,
  },
  standby: {
    // Another test may tell the common PostgreSQL of a standby at this moment.
    good: async () => {
      const postgres = await startOwnPostgres()
      return { env: { DATABASE_URL: postgres.url }, undo: postgres.stop }
    },
    bad: async () => {
      const postgres = await startOwnPostgres()
      await postgres.sql.unsafe("alter system set synchronous_standby_names = 'elsewhere'")
      // Makes it read its settings.
      await postgres.useCertificate(null, '')
      return { env: { DATABASE_URL: postgres.url }, undo: postgres.stop }
    },
    says: /synchronous_standby_names is elsewhere, and none is connected: every write waits/,
  },
  clock: {
    bad: () => ({ exam: { now: () => Date.now() - 90_000 } }),
    says: /the clock of the database is (?:89|90)\S* s ahead of that of this machine, and \/readyz is 503 beyond CLOCK_TOLERANCE; synchronise/,
  },
  start: {
    bad: () => ({ env: { SECRET_KEY: 'b'.repeat(40) } }),
    says: /encrypted under another SECRET_KEY; add the former one to SECRET_KEY_FALLBACKS/,
  },
  'signing keys': {
    bad: async ({ database }) => {
      await database.sql`update signing_keys set created_at = created_at - interval '92 days'`
      const undo = () => database.sql`update signing_keys set created_at = created_at + interval '92 days'`
      return { undo }
    },
    says: /has signed for 92 days, and 2 keys are in service; SIGNING_KEY_LIFETIME is over.*start one/,
  },
  'former secrets': {
    bad: async ({ database: { sql } }) => {
      const job = { name: 'mail-failed', data: { sealed: 'under another secret' } }
      const [row] = await sql`insert into latchkey_mail.job ${sql(job)} returning id`
      const undo = () => sql`delete from latchkey_mail.job where id = ${row?.id}`
      return { env: { SECRET_KEY_FALLBACKS: 'b'.repeat(40) }, undo }
    },
    says: /^SECRET_KEY_FALLBACKS is needed by 1 mail that waits or has failed \(run: latchkey keys reseal\)/,
  },
  'old tokens': {
    bad: async ({ database: { sql } }) => {
      await openImport(sql)
      return { undo: async () => sql`delete from imports` }
    },
    says: /^the import of old is open, so its old tokens are refused; finish it: latchkey import django --final/,
  },
  'mail server': {
    bad: ({ deadPort }) => ({ env: { SMTP_URL: `smtp://127.0.0.1:${deadPort}` } }),
    says: /step "connect": .*ECONNREFUSED 127\.0\.0\.1:\d+; No server listens/,
  },
  'waiting mail': {
    bad: failToSend,
    says: /1 mail was tried in vain, the last: .*; see latchkey mail list/,
  },
  housekeeping: {
    bad: async ({ database: { sql } }) => {
      await sql`insert into ceremonies (token_hash, kind, created_at, expires_at)
        values ('late', 'passkey_sign_in', now(), now() - interval '3 days')`
      return { undo: async () => sql`delete from ceremonies` }
    },
    says: /^ceremonies has 1 expired row, the oldest for 3 days too long; .*housekeeping_failed/,
  },
  'throttle store': {
    good: async () => {
      const redis = await startTestRedis()
      return { env: { REDIS_URL: redis.url }, undo: redis.kill }
    },
    bad: ({ deadPort }) => ({ env: { REDIS_URL: `redis://:hush@127.0.0.1:${deadPort}` } }),
    says: /Redis at 127\.0\.0\.1:\d+: .*ECONNREFUSED.*; start it/,
  },
  'public address': {
    bad: ({ env }) => ({ env: { PUBLIC_URL: String(env.PUBLIC_URL).replace('/auth', '/other') } }),
    says: /\/other\/healthz answers 404, and not as this server does; let the proxy pass/,
  },
  certificates: {
    bad: showOldCertificate,
    says: /that of PUBLIC_URL ends on \d{4}-\d\d-\d\d, in 1 day; renew it now/,
  },
  proxies: { bad: () => ({ env: { ...HTTPS, TRUSTED_PROXIES: '' } }), says: /set TRUSTED_PROXIES=1/ },
  'client addresses': {
    good: (world) => recordCallers(world, ['192.0.2.1', '192.0.2.2']),
    bad: (world) => recordCallers(world, ['10.0.0.2']),
    says: /all came from 10\.0\.0\.2, which looks like a proxy; raise TRUSTED_PROXIES/,
  },
  cookies: {
    bad: () => ({ env: { REFRESH_TOKEN_AS_COOKIE: 'true', CORS_ORIGINS: 'https://app.example.org' } }),
    says: /pages of https:\/\/app\.example\.org are of another site.*; only None works/,
  },
  'keep-alive': {
    bad: () => ({ env: { KEEP_ALIVE_TIMEOUT: '30s' } }),
    says: /is 30 s; .* set a longer time/,
  },
}

async function nameSecretFile({ folder }: World, mode: number): Promise<Setup> {
  const path = join(folder, `secret-${mode}`)
  await writeFile(path, TEST_SECRET_KEY)
  await chmod(path, mode)
  return { env: { SECRET_KEY: '', SECRET_KEY_FILE: path } }
}

/** A proxy whose certificate is valid for two days. */
async function showOldCertificate({ folder }: World): Promise<Setup> {
  const { cert, key } = await createSelfSigned(folder, 'localhost', 'DNS:localhost')
  const proxy = createServer({ cert: await readFile(cert), key: await readFile(key) })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const { port } = proxy.address() as { port: number }
  return { env: { PUBLIC_URL: `https://localhost:${port}` }, undo: async () => proxy.close() }
}

function withPort(url: string | undefined, port: number): string {
  return Object.assign(new URL(String(url)), { port: String(port) }).href
}

function answering(row: object): Partial<Exam> {
  const client = { unsafe: async () => [row] }
  return { client: async () => client as unknown as Awaited<ReturnType<Exam['client']>> }
}

async function setOnDatabase({ sql }: World['database'], name: string, value: string): Promise<Setup> {
  const [row] = await sql`select current_database() as name`
  await sql.unsafe(`alter database ${row?.name} set ${name} = '${value}'`)
  return { undo: async () => sql.unsafe(`set ${name} = off; alter database ${row?.name} reset ${name}`) }
}

/** Lets a server try to send one mail to a mail server that is down. */
async function failToSend({ database, env, deadPort }: World): Promise<Setup> {
  const smtp = { mode: 'smtp' as const, smtpUrl: `smtp://127.0.0.1:${deadPort}` }
  const mail = { ...smtp, from: String(env.MAIL_FROM), mailboxDir: null, templatesDir: null }
  const { core, ctx, close } = await createTestCore({ database, mail })
  const { email } = await signUp(ctx)
  await core.startMail()
  await requestPasswordReset(ctx, { email })
  const isTried = async () => (await ctx.outbox.listWaiting()).some(({ attempts }) => attempts > 0)
  await waitUntil(isTried, 'a failed attempt')
  await close()
  return {}
}

/** Stores a run of an import that was not the last one. */
export async function openImport(sql: World['database']['sql']): Promise<void> {
  await sql`insert into imports (id, source, kind, started_at, finished_at, final)
    values (gen_random_uuid(), 'old', 'django', now(), now(), false)`
}

async function recordCallers({ database: { sql } }: World, addresses: string[]): Promise<Setup> {
  const rows = Array.from({ length: 20 }, (_, index) => ({
    id: crypto.randomUUID(),
    kind: 'login',
    actor: 'self',
    ip: addresses[index % addresses.length] ?? '',
    details: {},
    created_at: new Date(),
  }))
  await sql`insert into audit_events ${sql(rows)}`
  return { undo: async () => sql`delete from audit_events` }
}
