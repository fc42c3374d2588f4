import { createTestCore, signUp, type TestCore, withConfig } from '@latchkey/testkit'
import { drizzle } from 'drizzle-orm/postgres-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

/** Lists the texts of the statements that a work sends. */
async function listStatements(work: (ctx: Context) => Promise<unknown>): Promise<string[]> {
  const statements: string[] = []
  const logger = { logQuery: (query: string) => void statements.push(query) }
  // Without a grace each refresh rotates.
  const ctx = withConfig(test.ctx, { refreshGraceSeconds: 0 })
  await work({ ...ctx, db: drizzle(test.database.sql, { logger }) })
  return statements
}

describe('a refresh', () => {
  it('with a key sends the one statement of a refresh without, letter by letter', async () => {
    const { tokens } = await signUp(test.ctx)
    let { refresh } = tokens
    const refreshWith = (idempotencyKey: string | null) =>
      listStatements(async (ctx) => {
        refresh = (await refreshSession(ctx, { refresh, idempotencyKey })).refresh
      })
    const plain = await refreshWith(null)
    expect(plain).toHaveLength(1)
    expect(await refreshWith('a-key-of-one-refresh')).toEqual(plain)
    expect(await refreshWith('a-key-of-the-next-one')).toEqual(plain)
  })
})
