import { addPasskey, createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { rowsOf } from '../../../tests/support/rows.ts'
import type { PasskeyId, UserId } from '../../words/ids.ts'
import { hasOwnPasskey, usePasskey } from './change.ts'
import { countPasskeys, findPasskey } from './find.ts'
import { hasPasskey } from './usable.ts'

let test: TestCore
let rows: ReturnType<typeof rowsOf>
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
})
afterAll(() => test.close())

let [own, other] = [] as unknown as [UserId, UserId]
let [first, second] = [] as unknown as [PasskeyId, PasskeyId]
beforeEach(async () => {
  ;[own, other] = [await rows.addUser(), await rows.addUser()]
  ;[first, second] = [idOf(await addPasskey(test, own)), idOf(await addPasskey(test, own))]
})
const idOf = (credentialId: string) => credentialId.replace('credential-', '') as PasskeyId

const use = (id: PasskeyId, signCount: number, userId = own) =>
  usePasskey(test.ctx.db, test.ctx.clock, { id, userId, signCount, backedUp: true })

it('an answer counts for one passkey of its user', async () => {
  expect(await use(first, 3, other)).toBe(false)
  expect(await use(first, 3)).toBe(true)
  const counts = await test.database.sql`select id from passkeys where sign_count = 3`
  expect(counts).toEqual([{ id: first }])
  expect(await use(second, 0)).toBe(true)
})

it('an answer whose counter does not grow counts nowhere, also one that says 0', async () => {
  await use(first, 3)
  expect([await use(first, 3), await use(first, 2), await use(first, 0)]).toEqual([false, false, false])
})

it('a user has its own passkeys', async () => {
  const ask = (id: PasskeyId, userId: UserId) => hasOwnPasskey(test.ctx.db, { id, userId })
  const unknown = crypto.randomUUID() as PasskeyId
  expect([await ask(first, own), await ask(first, other), await ask(unknown, own)]).toEqual([
    true,
    false,
    false,
  ])
  expect([await countPasskeys(test.ctx.db, own), await countPasskeys(test.ctx.db, other)]).toEqual([2, 0])
})

it('a passkey is one of its site', async () => {
  const credentialId = await addPasskey(test, other, 'elsewhere.example')
  const find = (rpId: string) => findPasskey(test.ctx.db, { credentialId, rpId })
  expect([await find('localhost'), (await find('elsewhere.example'))?.userId]).toEqual([null, other])
  const has = (rpId: string) => hasPasskey(test.ctx.db, { userId: other, rpId })
  expect([await has('localhost'), await has('elsewhere.example')]).toEqual([false, true])
})
