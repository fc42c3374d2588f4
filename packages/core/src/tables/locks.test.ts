import { createTestCore, newEmail, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inSeconds, newId, rowsOf } from '../../tests/support/rows.ts'
import type { Database } from '../database/connection.ts'
import { SUPERUSER_ROLE } from '../words/roles.ts'
import {
  lockPendings,
  lockSession,
  lockSigningKeys,
  lockStanding,
  lockUnchangedUser,
  lockUser,
  lockUsers,
} from './locks.ts'
import type { Credentials } from './users/columns.ts'

let test: TestCore
let rows: ReturnType<typeof rowsOf>
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
})
afterAll(() => test.close())

/** Runs a lock, and lists the rows of a table that no other transaction can lock meanwhile. */
function lockIn<T>(
  table: string,
  lock: (tx: Database) => Promise<T>,
): Promise<{ answer: T; locked: string[] }> {
  return test.ctx.db.transaction(async (tx) => {
    const answer = await lock(tx)
    const { sql } = test.database
    const free = await sql`select id from ${sql(table)} for update skip locked`
    const all = await sql`select id from ${sql(table)}`
    const locked = all.map(({ id }) => id).filter((id) => !free.some((row) => row.id === id))
    return { answer, locked: locked.sort() }
  })
}

describe('the lock of a user', () => {
  it('is of this user alone', async () => {
    const [own] = [await rows.addUser(), await rows.addUser()]
    expect(await lockIn('users', (tx) => lockUser(tx, own))).toEqual({ answer: true, locked: [own] })
  })

  it('is not taken when the epoch of the user has moved', async () => {
    const [own, id] = [await rows.addUser({ session_epoch: 3 }), await rows.addUser()]
    const lock = (sessionEpoch: number) =>
      lockIn('users', (tx) => lockUnchangedUser(tx, { id: own, sessionEpoch } as Credentials))
    expect(await lock(3)).toEqual({ answer: true, locked: [own] })
    expect(await lock(0)).toEqual({ answer: false, locked: [] })
    expect(await lockIn('users', (tx) => lockUser(tx, id))).toMatchObject({ locked: [id] })
  })
})

describe('the lock of several users', () => {
  it('is of them, and of all active superusers when these are asked for', async () => {
    const own = await rows.addUser()
    const superuser = await rows.addUser({ role: SUPERUSER_ROLE })
    await rows.addUser({ role: SUPERUSER_ROLE, is_active: false })
    const lock = (superusers: boolean) =>
      lockIn('users', async (tx) => (await lockUsers(tx, { ids: [own], superusers })).map(({ id }) => id))
    expect(await lock(false)).toEqual({ answer: [own], locked: [own] })
    const both = [own, superuser].sort()
    expect(await lock(true)).toEqual({ answer: both, locked: both })
  })
})

describe('the lock of the sign-ups of an address', () => {
  const addPending = async (email: string, changes: object = {}) => {
    const id = newId()
    const times = { created_at: new Date(), expires_at: inSeconds(60) }
    const names = { first_name: '', last_name: '', password_hash: 'none' }
    await rows.insert('pending_registrations', { id, email, ...names, ...times, ...changes })
    return id
  }

  it('is of all of them, and of no other', async () => {
    const email = newEmail()
    const ids = [await addPending(email), await addPending(email, { expires_at: inSeconds(-1) })].sort()
    await addPending(newEmail())
    expect(await lockIn('pending_registrations', (tx) => lockPendings(tx, email))).toMatchObject({
      locked: ids,
    })
  })

  it('is of those that stand', async () => {
    const email = newEmail()
    const own = await addPending(email)
    await addPending(email, { expires_at: inSeconds(-1) })
    await addPending(newEmail())
    const lock = (tx: Database) => lockStanding(tx, test.ctx.clock, { forms: [email], limit: 9 })
    expect(await lockIn('pending_registrations', lock)).toMatchObject({
      answer: [{ id: own }],
      locked: [own],
    })
  })

  it('leaves out those that are no longer wanted when their lock is free', async () => {
    const email = newEmail()
    const id = await addPending(email)
    let waiting: Promise<{ id: string }[]> = Promise.resolve([])
    await test.database.sql.begin(async (tx) => {
      await tx`update pending_registrations set password_hash = 'spoilt' where id = ${id}`
      waiting = test.ctx.db.transaction((other) =>
        lockStanding(other, test.ctx.clock, { forms: [email], passwordHash: 'none', limit: 9 }),
      )
      await test.database.waitForBlocked()
    })
    expect(await waiting).toEqual([])
  })
})

it('the lock of a session is of this session of its user', async () => {
  const [own, other] = [await rows.addUser(), await rows.addUser()]
  const [sessionId] = [await rows.addSession(own), await rows.addSession(own), await rows.addSession(other)]
  const lock = (userId: typeof own) => lockIn('sessions', (tx) => lockSession(tx, { userId, sessionId }))
  expect(await lock(own)).toEqual({ answer: true, locked: [sessionId] })
  expect(await lock(other)).toEqual({ answer: false, locked: [] })
})

it('the lock of the signing keys excludes itself', async () => {
  const order: string[] = []
  let second: Promise<unknown> = Promise.resolve()
  await test.ctx.db.transaction(async (tx) => {
    await lockSigningKeys(tx)
    second = test.ctx.db.transaction(async (other) => {
      await lockSigningKeys(other)
      order.push('second')
    })
    await Promise.race([test.database.waitForBlocked(), second])
    order.push('first')
  })
  await second
  expect(order).toEqual(['first', 'second'])
})
