import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { inSeconds, newId, rowsOf } from '../../../tests/support/rows.ts'
import { openSweep, restSweep } from '../sweeps/statements.ts'
import { endLease, keepLease, takeLease } from './statements.ts'

const SECONDS = 60
const LEASE = { name: 'work', holder: newId(), seconds: SECONDS }
const OTHER = { ...LEASE, holder: newId() }

let test: TestCore
let rows: ReturnType<typeof rowsOf>
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.sql`delete from leases`
  await test.database.sql`delete from sweeps`
})

const take = (lease = LEASE) => takeLease(test.ctx.db, test.ctx.clock, lease)
const keep = (lease = LEASE) => test.ctx.db.transaction((tx) => keepLease(tx, test.ctx.clock, lease))

it('a work is held by one process, until that process ends its lease', async () => {
  expect([await take(), await take(OTHER)]).toEqual([true, false])
  await endLease(test.ctx.db, OTHER)
  expect([await take(OTHER), await keep(OTHER), await keep()]).toEqual([false, false, true])
  await endLease(test.ctx.db, LEASE)
  expect([await keep(), await take(OTHER)]).toEqual([false, true])
})

it('another work is free', async () => {
  await take()
  const another = { ...OTHER, name: 'another' }
  expect(await take(another)).toBe(true)
  await endLease(test.ctx.db, { ...LEASE, name: 'another' })
  expect(await keep({ ...LEASE, name: 'another' })).toBe(false)
  await endLease(test.ctx.db, LEASE)
  expect([await keep(), await keep(another)]).toEqual([false, true])
})

it('the end of the lease of one work leaves the other works of the process', async () => {
  const another = { ...LEASE, name: 'another' }
  expect([await take(), await take(another)]).toEqual([true, true])
  await endLease(test.ctx.db, LEASE)
  expect(await keep(another)).toBe(true)
})

it.each([
  ['whose holder gave no sign of life', -1],
  ['that is held for longer than any lease, because the clock was put back', SECONDS + 60],
])('a work is free: one %s', async (_, heldFor) => {
  await rows.insert('leases', { name: 'work', holder: OTHER.holder, held_until: inSeconds(heldFor) })
  expect(await take()).toBe(true)
})

it('a work that is held is not waited for', async () => {
  await take()
  await test.database.sql.begin(async (tx) => {
    await tx`select from leases for update`
    expect(await take(OTHER)).toBe(false)
  })
})

it('a work that another process took while this one waited stays with it', async () => {
  let waiting = Promise.resolve(true)
  await test.database.sql.begin(async (tx) => {
    await tx`insert into leases (name) values ('work')`
    waiting = take(OTHER)
    await test.database.waitForBlocked()
    await tx`update leases set holder = ${LEASE.holder}, held_until = clock_timestamp() + ${`${SECONDS} s`}::interval`
  })
  expect(await waiting).toBe(false)
})

const open = (isForced = false) =>
  openSweep(test.ctx.db, test.ctx.clock, { name: 'sweep', restSeconds: SECONDS, isForced })

it('a sweep rests, and goes on when it is forced', async () => {
  expect([await open(), await open()]).toEqual([{ position: null }, { position: null }])
  await restSweep(test.ctx.db, test.ctx.clock, { name: 'sweep', restSeconds: SECONDS - 1 })
  expect([await open(), await open(true)]).toEqual([null, { position: null }])
})

it.each([
  ['when its rest is over', -1],
  ['when the clock was put back', SECONDS + 60],
])('a sweep goes on: %s', async (_, rest) => {
  await rows.insert('sweeps', { name: 'sweep', next_at: inSeconds(rest) })
  expect(await open()).toEqual({ position: null })
})
