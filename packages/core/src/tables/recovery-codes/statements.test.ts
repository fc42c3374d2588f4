import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { rowsOf } from '../../../tests/support/rows.ts'
import type { UserId } from '../../words/ids.ts'
import { countForeignCodes, hasShortCode } from './short.ts'
import { countUnusedCodes, deleteRecoveryCodes, useRecoveryCode } from './statements.ts'

const [SHORT, FOREIGN, LONG] = ['hmac-sha256:a:short', 'hmac-sha256:b:short', 'sha256:long']

let test: TestCore
let rows: ReturnType<typeof rowsOf>
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
})
afterAll(() => test.close())

let [own, other] = [] as unknown as [UserId, UserId]
beforeEach(async () => {
  await test.database.sql`delete from recovery_codes`
  ;[own, other] = [await rows.addUser(), await rows.addUser()].sort() as [UserId, UserId]
})

const addCode = (user_id: UserId, code_hash: string, used_at: Date | null = null) =>
  rows.insert('recovery_codes', { user_id, code_hash, created_at: new Date(), used_at })
const count = (userId: UserId) => countUnusedCodes(test.ctx.db, userId)

it('a code is used once, by its user', async () => {
  await addCode(own, LONG)
  await addCode(own, SHORT)
  await addCode(other, LONG)
  const use = (userId: UserId, hash: string) =>
    useRecoveryCode(test.ctx.db, test.ctx.clock, { userId, hashes: [hash] })
  expect(await use(other, SHORT)).toBe(false)
  expect([await use(own, LONG), await use(own, LONG)]).toEqual([true, false])
  expect([await count(own), await count(other)]).toEqual([1, 1])
})

it('the codes of a user go alone', async () => {
  await addCode(own, LONG)
  await addCode(other, LONG)
  await deleteRecoveryCodes(test.ctx.db, own)
  expect([await count(own), await count(other)]).toEqual([0, 1])
})

it.each([
  [true, 'a short code', [SHORT, null]],
  [false, 'a short code that was used', [SHORT, new Date()]],
  [false, 'a long code', [LONG, null]],
] as const)('%s: a user has a short code, with %s', async (has, _, [hash, usedAt]) => {
  await addCode(own, hash, usedAt)
  await addCode(other, SHORT)
  expect(await hasShortCode(test.ctx.db, own)).toBe(has)
})

it('unused short codes under a former key are counted, all of them or among the first codes', async () => {
  await addCode(own, SHORT)
  await addCode(other, FOREIGN)
  await addCode(other, LONG)
  await addCode(other, `${FOREIGN} used`, new Date())
  const counts = [undefined, 1].map((examined) =>
    countForeignCodes(test.ctx.db, ['hmac-sha256:a:'], examined),
  )
  expect(await Promise.all(counts)).toEqual([1, 0])
  expect(await countForeignCodes(test.ctx.db, ['hmac-sha256:a:', 'hmac-sha256:b:'])).toBe(0)
})
