import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inSeconds, rowsOf } from '../../../tests/support/rows.ts'
import { countAttempt, findCodeLock } from './statements.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

const ORIGIN = { sessionId: null, network: null, max: 1, windowSeconds: 60 }

it('the code of an app and a recovery code are counted apart', async () => {
  const userId = await rowsOf(test.database).addUser()
  const count = (of: 'app' | 'recovery') =>
    countAttempt(test.ctx.db, test.ctx.clock, { ...ORIGIN, userId, of })
  expect(await count('app')).toMatchObject({ scope: 'anywhere', inWindow: 1 })
  expect(await count('recovery')).toMatchObject({ scope: 'anywhere recovery', inWindow: 1 })
  expect([await count('app'), await count('recovery')]).toEqual([null, null])
})

it('a lock whose window has just ended is told for a second', async () => {
  const rows = rowsOf(test.database)
  const user_id = await rows.addUser()
  const attempt = { scope: 'anywhere', window_started_at: inSeconds(-90), in_window: 1, in_a_row: 1 }
  await rows.insert('code_attempts', { user_id, ...attempt })
  const asked = { ...ORIGIN, userId: user_id, of: 'app' as const }
  expect(await findCodeLock(test.ctx.db, test.ctx.clock, asked)).toEqual({
    isLasting: false,
    retryAfterSeconds: 1,
  })
})
