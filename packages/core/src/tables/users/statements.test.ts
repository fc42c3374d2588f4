import { createTestCore, newEmail, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId, rowsOf } from '../../../tests/support/rows.ts'
import type { UserId } from '../../words/ids.ts'
import { changeSecurity, markEmailVerified, replaceHash } from './change.ts'
import { findCredentialsByEmail, findStaffUserByExternalId, isEmailTaken } from './find.ts'
import { countForeignWork } from './foreign-work.ts'
import { insertUser } from './insert.ts'
import { listUserRows } from './list.ts'
import { setSecondFactor } from './second-factor.ts'

let test: TestCore
let rows: ReturnType<typeof rowsOf>
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
})
afterAll(() => test.close())

let [own, other] = [] as unknown as [UserId, UserId]
let email: string
beforeEach(async () => {
  await test.database.sql`delete from users`
  email = newEmail()
  ;[own, other] = [await rows.addUser({ email }), await rows.addUser()]
})

async function read(id: UserId) {
  const [row] = await test.database.sql`select * from users where id = ${id}`
  return row
}

describe('a change of a user', () => {
  const change = (ifEpoch?: number) =>
    changeSecurity(test.ctx.db, test.ctx.clock, {
      id: own,
      role: 7,
      ...(ifEpoch !== undefined && { ifEpoch }),
    })

  it('moves the epoch of this user', async () => {
    expect([await change(), await change(1)]).toEqual([1, 2])
    expect([(await read(own))?.role, (await read(other))?.role]).toEqual([7, 0])
  })

  it('changes nothing when the epoch has moved', async () => {
    expect(await change(3)).toBeNull()
    expect(await read(own)).toMatchObject({ role: 0, session_epoch: 0 })
  })
})

it('an address is verified for the user that still has it', async () => {
  const mark = (id: UserId, address: string) =>
    markEmailVerified(test.ctx.db, test.ctx.clock, { id, email: address, ownerUnproven: false })
  expect([await mark(own, newEmail()), await mark(other, email)]).toEqual([false, false])
  expect([(await read(own))?.email_verified, (await read(other))?.email_verified]).toEqual([false, false])
  expect(await mark(own, email)).toBe(true)
  expect([(await read(own))?.email_verified, (await read(other))?.email_verified]).toEqual([true, false])
})

it('a hash is replaced for its user while it is the same', async () => {
  await replaceHash(test.ctx.db, { id: own, former: 'changed', renewed: 'new' })
  expect((await read(own))?.password_hash).toBe('none')
  await replaceHash(test.ctx.db, { id: own, former: 'none', renewed: 'new' })
  expect([(await read(own))?.password_hash, (await read(other))?.password_hash]).toEqual(['new', 'none'])
})

it('the second factor is turned on once, for its user', async () => {
  const turn = () => setSecondFactor(test.ctx.db, test.ctx.clock, { id: own, on: true })
  expect([await turn(), await turn()]).toEqual([true, false])
  expect((await read(other))?.second_factor).toBe(false)
})

it('a user is found by its address', async () => {
  const free = newEmail()
  expect(await findCredentialsByEmail(test.ctx.db, email)).toMatchObject({ id: own })
  expect(await findCredentialsByEmail(test.ctx.db, free)).toBeNull()
  expect([await isEmailTaken(test.ctx.db, email), await isEmailTaken(test.ctx.db, free)]).toEqual([
    true,
    false,
  ])
})

it('a user is found by the id that other services know', async () => {
  const known = await rows.addUser({ external_id: '17' })
  expect(await findStaffUserByExternalId(test.ctx.db, test.ctx.clock, '17')).toMatchObject({ id: known })
  expect(await findStaffUserByExternalId(test.ctx.db, test.ctx.clock, '18')).toBeNull()
})

describe('the id that other services know a new user by', () => {
  const insert = async (externalId?: string | null) => {
    const id = newId<UserId>()
    const names = { firstName: '', lastName: '', language: null, passwordHash: 'none', emailVerified: false }
    await insertUser(test.ctx.db, test.ctx.clock, {
      id,
      email: newEmail(),
      ...names,
      ...(externalId !== undefined && { externalId }),
    })
    return (await read(id))?.external_id
  }

  it('is the next number, an id that was moved in, or none', async () => {
    await test.database.sql`create sequence users_external_id start 100`
    expect([await insert(), await insert('17'), await insert('17'), await insert(null)]).toEqual([
      '100',
      '17',
      '101',
      null,
    ])
  })
})

it('the work of foreign hashes is counted without ours, the most frequent first and 64 of them', async () => {
  for (let n = 0; n < 3; n++)
    await rows.addUser({ password_hash: '$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA' })
  for (let n = 0; n < 70; n++) await rows.addUser({ password_hash: `pbkdf2_sha256$${n}$salt$hash` })
  await rows.addUser({ password_hash: '!spoilt' })
  await rows.addUser({ password_hash: '!' })
  const { works, unusable } = await countForeignWork(test.ctx.db)
  expect(unusable).toBe(2)
  expect(works).toHaveLength(63)
  expect(works.filter(({ work }) => work !== 'none' && !work.startsWith('pbkdf2_sha256$'))).toEqual([])
})

describe('a page of users', () => {
  const list = async (query: object, cursor: string | null = null, limit = 9) => {
    const page = await listUserRows(test.ctx.db, test.ctx.clock, { ...query, page: { cursor, limit } })
    return { ids: page.rows.map(({ id }) => id), examinedTo: page.examinedTo }
  }

  it('has one user more than asked for', async () => {
    await rows.addUser()
    expect((await list({}, null, 1)).ids).toHaveLength(2)
  })

  it('of a whole address is its user, at the beginning only', async () => {
    await rows.addUser({ email: `x${email}` })
    expect((await list({ search: email })).ids).toEqual([own])
    const last = 'ffffffff-ffff-4fff-8fff-ffffffffffff'
    expect((await list({ search: email }, last)).ids).toHaveLength(2)
  })

  it('of a whole external id is its user, whose name has it or not', async () => {
    const known = await rows.addUser({ external_id: '17' })
    await rows.addUser({ first_name: '17' })
    expect((await list({ search: '17' })).ids).toEqual([known])
  })

  it('with a filter ends where so many users were examined', async () => {
    const ids = [own, other, await rows.addUser(), await rows.addUser()].sort().reverse()
    expect(await list({ isActive: true, examined: 2 })).toEqual({ ids: ids.slice(0, 2), examinedTo: ids[1] })
    expect(await list({ isActive: true, examined: 9 })).toEqual({ ids, examinedTo: null })
  })
})
