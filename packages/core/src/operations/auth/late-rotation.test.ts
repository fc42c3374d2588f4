import { setTimeout as sleep } from 'node:timers/promises'
import { createTestCore, signUp, type TestCore, withConfig } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import type { SessionId, UserId } from '../../words/ids.ts'
import { withPunctualGrace } from './late-rotation.ts'
import { refreshSession } from './refresh-session.ts'

let core: TestCore
beforeAll(async () => {
  core = await createTestCore()
})
afterAll(() => core.close())

it('without a grace a rotation is one statement, however long it takes', async () => {
  const { tokens } = await signUp(core.ctx)
  const statements = { count: 0 }
  const ctx = countStatements(withConfig(core.ctx, { refreshGraceSeconds: 0 }), statements)
  await refreshSession(ctx, { refresh: tokens.refresh })
  // A grace would be started anew after the answer.
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(statements.count).toBe(1)
})

/** Counts the different statements that change a row. */
function countStatements(ctx: Context, statements: { count: number }): Context {
  return onUpdate(ctx, () => {
    statements.count++
  })
}

/** Does something before each statement that changes a row is built. */
function onUpdate(ctx: Context, act: () => void): Context {
  const db = new Proxy(ctx.db, {
    get(target, name) {
      const value = Reflect.get(target, name)
      if (name === 'update') act()
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { ...ctx, db }
}

it('a grace that cannot be started anew at once is started when the database is back', async () => {
  const person = await signUp(core.ctx)
  const [userId, sessionId] = [person.userId as UserId, person.sessionId as SessionId]
  const { sql } = core.database
  await sql`update sessions set generation = 2, rotated_at = now() - interval '1 hour' where id = ${sessionId}`
  const back = performance.now() + 300
  const ctx = onUpdate(withConfig(core.ctx, { refreshGraceSeconds: 0.01 }), () => {
    if (performance.now() < back) throw new Error('The database is away.')
  })
  await withPunctualGrace(ctx, { userId, sessionId, generation: 1 }, () => sleep(10, 'rotated'))
  const restarted = () => sql`
    select from sessions where id = ${sessionId} and rotated_at > now() - interval '1 minute'`
  await expect.poll(restarted).toHaveLength(1)
})
