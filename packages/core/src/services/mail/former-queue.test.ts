import { createTestDatabase, TEST_SECRET_KEY, type TestDatabase } from '@latchkey/testkit'
import { PgBoss } from 'pg-boss'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DatabaseConnection, openDatabase } from '../../database/connection.ts'
import { deriveSecrets } from '../keys/derived-keys.ts'
import { listFailedMails } from './failed-mails.ts'
import { moveFormerMails } from './former-queue.ts'
import { FAILED_QUEUE, MAIL_QUEUE, openQueue } from './queue.ts'
import { createQueueDatabase } from './queue-database.ts'
import { nameQueueSchema } from './queue-schema.ts'
import { type ComposedMail, sealMail } from './sealed-mail.ts'

const ours = deriveSecrets(TEST_SECRET_KEY, []).mail
const theirs = deriveSecrets('another secret of at least 32 bytes', []).mail

let database: TestDatabase
let connection: DatabaseConnection
/** A queue in the default schema of the library, as the first release and any other application use it. */
let former: PgBoss
beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
  connection = openDatabase({ url: database.url, poolSize: 4, prepare: true })
  former = new PgBoss({ db: createQueueDatabase(connection.sql), supervise: false, schedule: false })
  await former.start()
  await former.createQueue(FAILED_QUEUE)
  await former.createQueue(MAIL_QUEUE, { deadLetter: FAILED_QUEUE, retryLimit: 0 })
})
afterEach(async () => {
  await former.stop({ close: false })
  await connection.close()
  await database.drop()
})

const complain = ({ message }: { message: string }) => {
  throw new Error(message)
}

async function sealOne(to: string, keys = ours): Promise<{ sealed: string }> {
  const mail: ComposedMail = {
    ...{ id: to, kind: 'reset-password', to, date: '', subject: '', text: '', html: '', discard: false },
  }
  return { sealed: await sealMail(mail, keys) }
}

const open = () => openQueue({ sql: connection.sql, complain, install: true, supervise: false })
const move = () => moveFormerMails({ sql: connection.sql, keys: ours })

describe('the mail of the first release', () => {
  it('is moved once, waiting and failed, and jobs of other applications stay', async () => {
    await former.send(MAIL_QUEUE, await sealOne('failed@example.com'))
    const [failing] = await former.fetch(MAIL_QUEUE)
    await former.fail(MAIL_QUEUE, failing?.id ?? '', { reason: 'no such user' })
    await former.send(MAIL_QUEUE, await sealOne('waiting@example.com'))
    const foreign = [{ order: 1 }, { sealed: 'not ours' }, await sealOne('other@example.com', theirs)]
    for (const data of foreign) await former.send(MAIL_QUEUE, data)
    const boss = await open()
    expect(await move()).toBe(2)
    expect(await move()).toBe(0)
    expect(await boss.fetch(MAIL_QUEUE)).toMatchObject([{ data: expect.objectContaining({}) }])
    expect(await listFailedMails(boss, ours)).toMatchObject([
      { kind: 'reset-password', reason: 'no such user', attempts: 1 },
    ])
    const left = await former.fetch(MAIL_QUEUE, { batchSize: 10 })
    expect(left.map(({ data }) => data)).toEqual(expect.arrayContaining(foreign))
    expect(left).toHaveLength(foreign.length)
    await boss.stop({ close: false })
  })

  it('that a former worker is sending stays with it, until that worker counts as dead', async () => {
    await former.send(MAIL_QUEUE, await sealOne('active@example.com'))
    await former.fetch(MAIL_QUEUE)
    const boss = await open()
    expect(await move()).toBe(0)
    await database.sql`
      update pgboss.job set started_on = now() - interval '3 minutes', heartbeat_on = null`
    expect(await move()).toBe(1)
    await boss.stop({ close: false })
  })
})

describe('a queue of another application in the default schema', () => {
  it.each([1, 45, 999])('of version %i is neither used nor upgraded', async (version) => {
    await database.sql`update pgboss.version set version = ${version}`
    await former.send(MAIL_QUEUE, { order: 1 })
    const boss = await open()
    expect(await move()).toBe(0)
    expect(await boss.fetch(MAIL_QUEUE)).toEqual([])
    expect(await database.sql`select version from pgboss.version`).toEqual([{ version }])
    expect(await database.sql`select state from pgboss.job`).toEqual([{ state: 'created' }])
    await boss.stop({ close: false })
  })

  it('without the columns of ours, or closed to our role, does not matter', async () => {
    await open().then((boss) => boss.stop({ close: false }))
    await database.sql.unsafe('alter table pgboss.job drop column source_root_id cascade')
    expect(await move()).toBe(0)
  })
})

describe('our own queue', () => {
  it('of a newer release is used as it is', async () => {
    await open().then((boss) => boss.stop({ close: false }))
    await database.sql`update latchkey_mail.version set version = 999`
    for (const install of [true, false]) {
      const boss = await openQueue({ sql: connection.sql, complain, install, supervise: false })
      await boss.send(MAIL_QUEUE, await sealOne('ada@example.com'))
      expect(await boss.fetch(MAIL_QUEUE)).toHaveLength(1)
      await boss.stop({ close: false })
    }
    expect(await database.sql`select version from latchkey_mail.version`).toEqual([{ version: 999 }])
  })

  it('is worked and supervised by a role that may only read and write rows', async () => {
    await open().then((boss) => boss.stop({ close: false }))
    const role = `rows_${crypto.randomUUID().replaceAll('-', '')}`
    await database.sql.unsafe(`create role ${role} login password 'hush'; grant usage on schema latchkey_mail to ${role};
      grant select, insert, update, delete on all tables in schema latchkey_mail to ${role}`)
    const url = Object.assign(new URL(database.url), { username: role, password: 'hush' }).href
    const poor = openDatabase({ url, poolSize: 4, prepare: true })
    const troubles: string[] = []
    const note = ({ message }: { message: string }) => void troubles.push(message)
    const boss = await openQueue({ sql: poor.sql, complain: note, install: true, supervise: true })
    await boss.send(MAIL_QUEUE, await sealOne('ada@example.com'))
    await boss.supervise()
    expect(await boss.fetch(MAIL_QUEUE)).toHaveLength(1)
    await boss.stop({ close: false })
    await poor.close()
    expect(troubles).toEqual([])
  })

  it('has a name that follows from the schema of the tables, and differs for each schema', () => {
    const schemas = ['public', 'app', 'App', 'a'.repeat(60), 'a b', 'mail']
    const names = schemas.map(nameQueueSchema)
    expect(names.slice(0, 2)).toEqual(['latchkey_mail', 'latchkey_mail_app'])
    expect(new Set(names).size).toBe(schemas.length)
    for (const name of names) expect(name).toMatch(/^[a-z0-9_]{1,50}$/)
  })
})
