import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSnapshot, quoteName, type Snapshot } from './snapshot.ts'

let database: TestDatabase
let snapshots: Snapshot[]
beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
  await database.sql`create table people as select id from generate_series(1, 2500) id`
  snapshots = []
})
afterEach(async () => {
  for (const snapshot of snapshots) await snapshot.close()
  await database.drop()
})

async function open(url = database.url): Promise<Snapshot> {
  const snapshot = await openSnapshot(url, 'OLD_DATABASE_URL')
  snapshots.push(snapshot)
  return snapshot
}

it('a snapshot streams every row once, in batches, and sees nothing that is written meanwhile', async () => {
  const snapshot = await open()
  await snapshot.read('select 1 from people limit 1')
  await database.sql`insert into people values (2501)`
  const sizes: number[] = []
  for await (const rows of snapshot.stream('select id from people')) sizes.push(rows.length)
  expect(sizes).toEqual([1000, 1000, 500])
})

it('a snapshot reads on after a stream that was left early', async () => {
  const snapshot = await open()
  for await (const rows of snapshot.stream<{ id: number }>('select id from people order by id')) {
    expect(rows[0]?.id).toBe(1)
    break
  }
  expect(await snapshot.read("select name from pg_cursors where name like 'latchkey%'")).toEqual([])
})

it('a snapshot writes nothing', async () => {
  const snapshot = await open()
  await expect(snapshot.read('delete from people')).rejects.toThrow(/read-only transaction/)
})

it('rows that a policy hides are an error', async () => {
  await database.sql`alter table people enable row level security`
  const role = `reader_${crypto.randomUUID().slice(0, 8)}`
  await database.sql.unsafe(`create role ${role} login password 'secret'; grant select on people to ${role}`)
  const url = Object.assign(new URL(database.url), { username: role, password: 'secret' }).href
  const snapshot = await open(url)
  await expect(snapshot.read('select id from people')).rejects.toThrow(/row-level security/)
  await snapshot.close()
  await database.sql.unsafe(`drop owned by ${role}; drop role ${role}`)
})

it.each([
  ['no URL', 'nonsense', /^The URL in OLD_DATABASE_URL must be a URL such as /],
  [
    'no server',
    'postgres://a:hush@127.0.0.1:9/b',
    /^The database of the source \(127\.0\.0\.1:9\/b, from OLD_/,
  ],
])('%s is refused with the setting, without the password', async (_, url, sentence) => {
  const error = await openSnapshot(url, 'OLD_DATABASE_URL').catch((caught: Error) => caught)
  expect(error).toMatchObject({ name: 'SourceError', message: expect.stringMatching(sentence) })
  expect(String(error)).not.toContain('hush')
})

it('a quoted name may hold a quote', () => {
  expect(quoteName('a"b')).toBe('"a""b"')
})
