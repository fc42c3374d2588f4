import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inSeconds, rowsOf } from '../../../tests/support/rows.ts'
import { listUsableKeys, retireKeys } from './statements.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
  await test.database.sql`delete from signing_keys`
})
afterAll(() => test.close())

it('a retired key is usable for a time, and a key is retired by its status', async () => {
  const { insert } = rowsOf(test.database)
  const add = (kid: string, status: string, retired_at: Date | null = null) =>
    insert('signing_keys', { kid, status, retired_at, algorithm: 'HS256', private_jwe: 'sealed' })
  const { clock, db } = test.ctx
  const list = async () => {
    const keys = await listUsableKeys(db, { now: clock.now(), retiredBefore: clock.after(-60) })
    return keys.map(({ kid, status }) => `${kid} ${status}`).sort()
  }
  await add('one', 'active')
  await add('two', 'next')
  await add('lately', 'retired', inSeconds(-10))
  await add('long ago', 'retired', inSeconds(-90))
  expect(await list()).toEqual(['lately retired', 'one active', 'two next'])
  await retireKeys(db, 'active', clock.now())
  expect(await list()).toEqual(['lately retired', 'one retired', 'two next'])
})
