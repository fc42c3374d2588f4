import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inSeconds, newId, rowsOf } from '../../../tests/support/rows.ts'
import type { UserId } from '../../words/ids.ts'
import { findPendingEmailChange } from './email-changes.ts'
import {
  assignCapability,
  deleteCapabilitiesOfUser,
  deleteDecoysOfEmail,
  findCapability,
  useCapability,
} from './statements.ts'

let test: TestCore
let rows: ReturnType<typeof rowsOf>
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
})
afterAll(() => test.close())

let [own, other]: UserId[] = []
beforeEach(async () => {
  await test.database.sql`delete from capabilities`
  ;[own, other] = [await rows.addUser(), await rows.addUser()]
})

/** Adds the link of a user that works for an hour. */
async function addLink(token_hash: string, changes: object = {}): Promise<void> {
  const times = { created_at: inSeconds(-60), expires_at: inSeconds(3600) }
  const row = { token_hash, purpose: 'reset_password', email: 'ada@example.com', user_id: own, ...times }
  await rows.insert('capabilities', { ...row, ...changes })
}

async function listLeft(): Promise<string[]> {
  const left = await test.database.sql`select token_hash as name from capabilities order by 1`
  return left.map(({ name }) => name)
}

describe('a link', () => {
  const present = (purpose: 'reset_password' | 'verify_email' = 'reset_password', lateSeconds?: number) => ({
    tokenHash: 'one',
    purpose,
    ...(lateSeconds && { lateSeconds }),
  })
  const find = (presented = present()) => findCapability(test.ctx.db, test.ctx.clock, presented)
  const use = (presented = present()) => useCapability(test.ctx.db, test.ctx.clock, presented)

  it('is used once, and is found afterwards', async () => {
    await addLink('one')
    await addLink('two')
    expect(await use()).toMatchObject({ tokenHash: 'one' })
    expect(await use()).toBeNull()
    expect(await find()).toMatchObject({ tokenHash: 'one' })
    const [second] = await test.database.sql`select used_at from capabilities where token_hash = 'two'`
    expect(second).toEqual({ used_at: null })
  })

  it('is neither found nor used after its expiry', async () => {
    await addLink('one', { expires_at: inSeconds(-10) })
    expect([await find(), await use()]).toEqual([null, null])
  })

  it('works late for so long as is asked for', async () => {
    await addLink('one', { expires_at: inSeconds(-10) })
    expect(await find(present('reset_password', 5))).toBeNull()
    expect(await use(present('reset_password', 60))).toMatchObject({ tokenHash: 'one' })
  })

  it('works for its own purpose', async () => {
    await addLink('one')
    expect([await find(present('verify_email')), await use(present('verify_email'))]).toEqual([null, null])
  })
})

describe('the links of a user', () => {
  beforeEach(async () => {
    await addLink('one')
    await addLink('two')
    await addLink('of another', { user_id: other })
  })

  it('go all together', async () => {
    await deleteCapabilitiesOfUser(test.ctx.db, own as UserId)
    expect(await listLeft()).toEqual(['of another'])
  })

  it('go all but the one that was used', async () => {
    await deleteCapabilitiesOfUser(test.ctx.db, own as UserId, 'two')
    expect(await listLeft()).toEqual(['of another', 'two'])
  })
})

it('the decoys of an address go, and its links and the decoys of others stay', async () => {
  const decoy = { purpose: 'none', user_id: null }
  await addLink('decoy', decoy)
  await addLink('link')
  await addLink('other decoy', { ...decoy, email: 'eve@example.com' })
  await deleteDecoysOfEmail(test.ctx.db, 'ada@example.com')
  expect(await listLeft()).toEqual(['link', 'other decoy'])
})

it('the link of a sign-up goes to the new user, and the others stay where they are', async () => {
  const id = newId()
  const names = { first_name: '', last_name: '', password_hash: 'none', email: 'ada@example.com' }
  await rows.insert('pending_registrations', {
    id,
    ...names,
    created_at: new Date(),
    expires_at: inSeconds(60),
  })
  for (const name of ['one', 'two']) await addLink(name, { user_id: null, registration_id: id })
  await assignCapability(test.ctx.db, 'one', own as UserId)
  await test.database.sql`delete from pending_registrations where id = ${id}`
  expect(await listLeft()).toEqual(['one'])
  expect(await test.database.sql`select from capabilities where user_id = ${own as UserId}`).toHaveLength(1)
})

it('the newest change of address of a user waits', async () => {
  const change = { purpose: 'change_email' }
  await addLink('older', { ...change, email: 'older@example.com', created_at: inSeconds(-90) })
  await addLink('newer', { ...change, email: 'newer@example.com' })
  await addLink('expired', { ...change, created_at: inSeconds(-1), expires_at: inSeconds(-1) })
  const found = await findPendingEmailChange(test.ctx.db, test.ctx.clock, own as UserId)
  expect(found).toMatchObject({ newEmail: 'newer@example.com' })
})
