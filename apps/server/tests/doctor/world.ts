import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareDatabase } from '@latchkey/core'
import {
  findFreePort,
  type SmtpSink,
  startSmtpSink,
  startTestNginx,
  TEST_SECRET_KEY,
  type TestDatabase,
} from '@latchkey/testkit'
import { serveBelow } from '../proxies/nginx.ts'
import { startTestServer } from '../test-server.ts'

/** A healthy deployment: a server below a path of an nginx, its database, and a mail server. */
export interface World {
  /** The variables of the deployment. */
  env: Record<string, string>
  database: TestDatabase
  mail: SmtpSink
  /** A folder for the files of a test. */
  folder: string
  /** A port on which nothing listens. */
  deadPort: number
  /** The address of the database for a role that may log in, and that has these options. */
  asRole(options: string): Promise<string>
  close(): Promise<void>
}

const PATH = '/auth'

export async function createWorld(): Promise<World> {
  const [front, deadPort] = [await findFreePort(), await findFreePort()]
  const url = `http://127.0.0.1:${front}${PATH}`
  const server = await startTestServer({ settings: { publicUrl: url, basePath: PATH } })
  const nginx = await startTestNginx(
    [front],
    serveBelow(PATH, { front, port: Number(new URL(server.url).port), strips: false }),
  )
  const mail = await startSmtpSink()
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-doctor-'))
  const { database } = server
  // A server without mail makes no queue.
  await prepareDatabase({ url: database.url, poolSize: 1, prepare: true }, () => {})
  const roles: string[] = []
  return {
    env: {
      DATABASE_URL: database.url,
      SECRET_KEY: TEST_SECRET_KEY,
      PUBLIC_URL: url,
      TRUSTED_PROXIES: '1',
      SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
      MAIL_FROM: 'no-reply@example.com',
      // Browsers allow none at an IP address.
      PASSKEYS: 'false',
    },
    database,
    mail,
    folder,
    deadPort,
    asRole: async (options) => {
      const name = `doctor_${crypto.randomUUID().replaceAll('-', '')}`
      await database.sql.unsafe(`create role ${name} login password 'hush' ${options}`)
      roles.push(name)
      return Object.assign(new URL(database.url), { username: name, password: 'hush' }).href
    },
    close: async () => {
      for (const name of roles) await database.sql.unsafe(`drop owned by ${name}; drop role ${name}`)
      await nginx.close()
      await mail.stop()
      await server.close()
      await rm(folder, { recursive: true })
    },
  }
}
