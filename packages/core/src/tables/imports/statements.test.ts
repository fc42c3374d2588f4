import { createTestCore, newEmail, type TestCore } from '@latchkey/testkit'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inSeconds, newId, rowsOf } from '../../../tests/support/rows.ts'
import { countImportedWork } from './imported-work.ts'
import { retireAddresses } from './retire-addresses.ts'
import { findLatestRun, findRun, finishRun, listRuns, reopenRuns } from './runs.ts'
import { waitForDisk } from './session.ts'

let test: TestCore
let rows: ReturnType<typeof rowsOf>
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.sql`delete from imports`
})

async function addRun(source: string, secondsAgo: number, changes: object = {}): Promise<string> {
  const id = newId()
  const row = { id, source, kind: 'django', started_at: inSeconds(-secondsAgo), final: true, counts: {} }
  await rows.insert('imports', { ...row, ...changes })
  return id
}

describe('the runs of imports', () => {
  it('are found by their ids, and finished one by one', async () => {
    const [one, two] = [await addRun('a', 3), await addRun('a', 2)]
    await finishRun(test.ctx.db, test.ctx.clock, { id: one, counts: { added: 1 } })
    expect(await findRun(test.ctx.db, one)).toMatchObject({
      counts: { added: 1 },
      finishedAt: expect.any(Date),
    })
    expect(await findRun(test.ctx.db, two)).toMatchObject({ counts: {}, finishedAt: null })
  })

  it('are known by the latest of each source', async () => {
    const [, latest] = [await addRun('a', 3), await addRun('a', 2), await addRun('b', 1)]
    expect(await findLatestRun(test.ctx.db, 'a')).toMatchObject({ id: latest })
    expect(await findLatestRun(test.ctx.db, 'c')).toBeNull()
  })

  it('are final no more when their source is taken back', async () => {
    const [one, two] = [await addRun('a', 3), await addRun('b', 2)]
    await reopenRuns(test.ctx.db, 'a')
    expect(await findRun(test.ctx.db, one)).toMatchObject({ final: false })
    expect(await findRun(test.ctx.db, two)).toMatchObject({ final: true })
  })

  it('are listed, the latest thousand', async () => {
    await test.database.sql`insert into imports (id, source, kind, started_at, final)
      select gen_random_uuid(), 'a', 'file', now() - n * interval '1 second', true from generate_series(1, 1001) n`
    const latest = await addRun('b', 0)
    const listed = await listRuns(test.ctx.db)
    expect([listed.length, listed[0]?.id]).toEqual([1000, latest])
  })
})

it('the work of moved-in users is that of the last run of each source that has finished', async () => {
  const counted = (work: number) => ({ counts: { 'work:bcrypt$10': work, added: 9 } })
  const finished = { finished_at: new Date() }
  await addRun('a', 5, { ...counted(1), ...finished })
  await addRun('a', 4, { ...counted(2), ...finished })
  await addRun('a', 3, counted(100))
  await addRun('b', 6, { ...counted(4), ...finished })
  expect([...(await countImportedWork(test.ctx.db))]).toEqual([['bcrypt$10', 6]])
})

it.each([
  [true, 'on'],
  [false, 'off'],
])('a connection waits for the disk as it is told: %s', async (waits, setting) => {
  const shown = await test.ctx.db.transaction(async (tx) => {
    await waitForDisk(tx, waits)
    const [row] = await tx.execute<{ synchronous_commit: string }>(sql`show synchronous_commit`)
    await tx.execute(sql`reset synchronous_commit`)
    return row?.synchronous_commit
  })
  expect(shown).toBe(setting)
})

it('the sign-ups of addresses that users get are shadows without links', async () => {
  const [taken, free, shadow] = [newEmail(), newEmail(), newEmail()]
  for (const email of [taken, free, shadow]) {
    const id = newId()
    const times = { created_at: new Date(), expires_at: inSeconds(3600) }
    const row = {
      id,
      email,
      password_hash: 'none',
      first_name: 'Ada',
      last_name: '',
      is_shadow: email === shadow,
    }
    await rows.insert('pending_registrations', { ...row, ...times })
    const link = { token_hash: email, purpose: 'verify_email', registration_id: id, email }
    await rows.insert('capabilities', { ...link, ...times })
  }
  await test.ctx.db.transaction((tx) =>
    retireAddresses(tx, sql`select ${taken}::text union select ${shadow}::text`),
  )
  const left = await test.database.sql`
    select p.email, first_name, is_shadow, token_hash is not null as has_link
    from pending_registrations p left join capabilities c on c.registration_id = p.id`
  const of = (email: string) => left.find((row) => row.email === email)
  expect(of(taken)).toMatchObject({ first_name: '', is_shadow: true, has_link: false })
  expect(of(free)).toMatchObject({ first_name: 'Ada', is_shadow: false, has_link: true })
  expect(of(shadow)).toMatchObject({ first_name: 'Ada', is_shadow: true, has_link: false })
})
