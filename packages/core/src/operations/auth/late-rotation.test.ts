import { createTestCore, signUp, type TestCore, withConfig } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
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
  const db = new Proxy(ctx.db, {
    get(target, name) {
      const value = Reflect.get(target, name)
      if (name === 'update') statements.count++
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { ...ctx, db }
}
