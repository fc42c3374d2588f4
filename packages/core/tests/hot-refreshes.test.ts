import { createTestCore, signUp, waitUntil } from '@latchkey/testkit'
import { expect, it } from 'vitest'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'

const PEOPLE = 30
const REFRESHES = 20

it('every refresh is a HOT update: it writes its row beside the former one, and no index', async () => {
  const test = await createTestCore({ config: { refreshGraceSeconds: 0 } })
  const people = []
  for (let n = 0; n < PEOPLE; n++) people.push(await signUp(test.ctx))
  for (const person of people) {
    for (let n = 0; n < REFRESHES; n++) person.tokens = await refreshSession(test.ctx, person.tokens)
  }
  // A connection tells what it has counted when it closes.
  await test.core.close()
  const { sql, drop } = test.database
  const count = async () => {
    const [row] = await sql`
      select n_tup_upd::int as all, n_tup_hot_upd::int as hot from pg_stat_user_tables where relname = 'sessions'`
    return row
  }
  await waitUntil(async () => (await count())?.all === PEOPLE * REFRESHES, 'every update to be counted')
  expect((await count())?.hot).toBe(PEOPLE * REFRESHES)
  await drop()
})
