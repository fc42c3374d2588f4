import {
  createTestDatabase,
  type Gate,
  openGate,
  TEST_SECRET_KEY,
  type TestDatabase,
} from '@latchkey/testkit'
import pino from 'pino'
import { type Database, openDatabase } from '../../src/database/connection.ts'
import { deriveSecrets } from '../../src/services/keys/derived-keys.ts'
import { createMailer, type Mailer, type MailerOptions } from '../../src/services/mail/mailer.ts'
import { MAIL_SITE } from './test-mails.ts'

/** Several mailers on one database, like those of several server processes. */
export interface TestMailers {
  /** The database on which a test opens transactions. */
  db: Database
  /** The same database, over connections that the gate does not shut. */
  database: TestDatabase
  /** The gate between the database on one side, and the mailers and {@link TestMailers.db} on the other. */
  gate: Gate
  /** What the mailers logged, one record per line. */
  logged: Record<string, unknown>[]
  /** Creates another mailer on the same outbox, with connections of its own. */
  create(overrides?: Partial<MailerOptions>): Promise<Mailer>
  close(): Promise<void>
}

/** Creates a new database for mailers that send to a port of this machine. */
export async function createTestMailers(
  port: number,
  options: { empty?: boolean } = {},
): Promise<TestMailers> {
  const database = await createTestDatabase({ mail: true, ...options })
  const { hostname, port: databasePort } = new URL(database.url)
  const gate = await openGate({ host: hostname, port: Number(databasePort) })
  const { href: url } = Object.assign(new URL(database.url), { hostname: '127.0.0.1', port: gate.port })
  const connection = openDatabase({ url, poolSize: 10, prepare: true })
  const secrets = deriveSecrets(TEST_SECRET_KEY, [])
  const logged: Record<string, unknown>[] = []
  const log = pino({}, { write: (line: string) => void logged.push(JSON.parse(line)) })
  const closers: (() => Promise<void>)[] = []
  return {
    db: connection.db,
    database,
    gate,
    logged,
    async create(overrides) {
      const own = openDatabase({ url, poolSize: 10, prepare: true })
      const mailer = await createMailer({
        mode: 'smtp',
        sql: own.sql,
        keys: secrets.mail,
        from: 'Łatchkey <no-reply@auth.example.com>',
        ...MAIL_SITE,
        smtpUrl: `smtp://127.0.0.1:${port}`,
        mailboxDir: null,
        log,
        ...overrides,
      })
      closers.push(async () => {
        await mailer.stop()
        await own.close()
      })
      return mailer
    },
    async close() {
      await Promise.all(closers.map((closeOne) => closeOne()))
      await connection.close()
      await gate.shut()
      await database.drop()
    },
  }
}
