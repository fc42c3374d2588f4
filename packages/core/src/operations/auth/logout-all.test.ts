import { createTestCore, logIn, refusalOf, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authenticate } from '../../steps/authenticate.ts'
import { logoutAll } from './logout-all.ts'
import { refreshSession } from './refresh-session.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

describe('signing out everywhere', () => {
  it('ends every session of the caller, the present one too, and no session of another user', async () => {
    const person = await signUp(test.ctx)
    const stranger = await signUp(test.ctx)
    const held = [person.tokens, await logIn(test.ctx, person), await logIn(test.ctx, person)]
    await logoutAll(test.ctx, { identity: await authenticate(test.ctx, person.tokens.access) })
    for (const tokens of held) {
      expect(await refusalOf(refreshSession(test.ctx, tokens))).toMatchObject({ code: 'token_not_valid' })
      expect(await refusalOf(authenticate(test.ctx, tokens.access))).toMatchObject({
        code: 'token_not_valid',
      })
    }
    await expect(refreshSession(test.ctx, stranger.tokens)).resolves.toBeDefined()
    await expect(logIn(test.ctx, person)).resolves.toBeDefined()
  })

  it('succeeds when no session is left', async () => {
    const person = await signUp(test.ctx)
    const identity = await authenticate(test.ctx, person.tokens.access)
    await logoutAll(test.ctx, { identity })
    await expect(logoutAll(test.ctx, { identity })).resolves.toBeUndefined()
  })

  it('ten times at once, together with ten sign-ins, meets no deadlock', async () => {
    const person = await signUp(test.ctx)
    const identity = await authenticate(test.ctx, person.tokens.access)
    const work = Array.from({ length: 20 }, (_, i) =>
      i % 2 ? logoutAll(test.ctx, { identity }) : logIn(test.ctx, person),
    )
    await expect(Promise.all(work)).resolves.toHaveLength(20)
    await logoutAll(test.ctx, { identity })
    const [row] = await test.database.sql`select count(*)::int from sessions where user_id = ${person.userId}`
    expect(row?.count).toBe(0)
  })
})
