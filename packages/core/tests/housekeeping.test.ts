import {
  createTestCore,
  newEmail,
  signUp,
  signUpForm,
  type TestCore,
  waitUntil,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { purge } from '../src/housekeeping.ts'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { register } from '../src/operations/registration/register.ts'
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from '../src/words/time.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

/** Runs the housekeeping as it will run after some seconds. */
async function purgeAfter(seconds: number): Promise<void> {
  test.clock.seconds += seconds
  await purge({ ...test.ctx, auditRetentionSeconds: 365 * DAY_SECONDS })
  test.clock.seconds -= seconds
}

describe('the housekeeping of a process', () => {
  async function storeExpiredSession(): Promise<string> {
    const { sessionId } = await signUp(test.ctx)
    await test.database
      .sql`update sessions set idle_expires_at = now() - interval '3 days' where id = ${sessionId}`
    return sessionId
  }
  const isLeft = async (id: string) =>
    (await test.database.sql`select 1 from sessions where id = ${id}`).length > 0

  it('is started with the core, runs soon and then once an hour, and ends with the core', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      const process = await createTestCore({ database: test.database })
      for (const pause of [5 * MINUTE_SECONDS, HOUR_SECONDS]) {
        const id = await storeExpiredSession()
        vi.advanceTimersByTime(pause * 1000 - 1)
        expect(await isLeft(id)).toBe(true)
        vi.advanceTimersByTime(1)
        await waitUntil(async () => !(await isLeft(id)), 'the expired session to be deleted')
      }
      await process.close()
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('an expired sign-up', () => {
  it('is deleted with its links, and a waiting one stays', async () => {
    const mandatory = withConfig(test.ctx, { emailVerification: 'mandatory' })
    const form = signUpForm()
    await register(mandatory, form)
    const rowsOf = async () => {
      const { sql } = test.database
      const [row] = await sql`
        select (select count(*)::int from pending_registrations where email = ${form.email}) as pending,
          (select count(*)::int from capabilities where email = ${form.email}) as links`
      return row
    }
    await purgeAfter(3 * DAY_SECONDS - MINUTE_SECONDS)
    expect(await rowsOf()).toEqual({ pending: 1, links: 1 })
    await purgeAfter(3 * DAY_SECONDS + MINUTE_SECONDS)
    expect(await rowsOf()).toEqual({ pending: 0, links: 0 })
  })
})

describe('a decoy link', () => {
  it('is deleted by the next housekeeping, because it never has to be called expired', async () => {
    const email = newEmail()
    await requestPasswordReset(test.ctx, { email })
    const { sql } = test.database
    expect(await sql`select 1 from capabilities where email = ${email}`).toHaveLength(1)
    await purgeAfter(MINUTE_SECONDS)
    expect(await sql`select 1 from capabilities where email = ${email}`).toHaveLength(0)
  })
})
