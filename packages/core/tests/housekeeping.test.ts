import {
  createTestCore,
  newEmail,
  refusalOf,
  signUp,
  signUpForm,
  type TestCore,
  waitUntil,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { purge } from '../src/housekeeping/run-round.ts'
import { setUpTotp } from '../src/operations/mfa/set-up-totp.ts'
import { verifyTotp } from '../src/operations/mfa/verify-totp.ts'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { register } from '../src/operations/registration/register.ts'
import { CEREMONY_KINDS } from '../src/tables/ceremonies/schema.ts'
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from '../src/words/time.ts'
import { challenge, identityOf, signUpWithApp, wrongCode } from './support/second-factor.ts'

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

  it('is started with the core, runs soon, goes on after an hour, and ends with the core', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      const process = await createTestCore({ database: test.database })
      const id = await storeExpiredSession()
      vi.advanceTimersByTime(5 * MINUTE_SECONDS * 1000 - 1)
      expect(await isLeft(id)).toBe(true)
      vi.advanceTimersByTime(1)
      await waitUntil(async () => !(await isLeft(id)), 'the expired session to be deleted')
      const later = await storeExpiredSession()
      process.clock.seconds = HOUR_SECONDS
      await waitUntil(async () => {
        vi.advanceTimersByTime(5 * MINUTE_SECONDS * 1000)
        return !(await isLeft(later))
      }, 'the other session to be deleted')
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

describe('what second factors leave behind', () => {
  const countOf = async (table: string, userId: string) => {
    const { sql } = test.database
    return (await sql`select 1 from ${sql(table)} where user_id = ${userId}`).length
  }

  it('is deleted: expired challenges at once, unconfirmed secrets after two days, attempts after 90', async () => {
    const person = await signUpWithApp(test)
    const unconfirmed = await signUp(test.ctx)
    await setUpTotp(test.ctx, { by: { identity: await identityOf(test.ctx, unconfirmed) } })
    const challengeId = await challenge(test.ctx, person)
    await refusalOf(verifyTotp(test.ctx, { challengeId, code: wrongCode(person, test.clock) }))
    await purgeAfter(4 * MINUTE_SECONDS)
    expect(await countOf('ceremonies', person.userId)).toBe(1)
    await purgeAfter(6 * MINUTE_SECONDS)
    expect(await countOf('ceremonies', person.userId)).toBe(0)
    expect(await countOf('totp_factors', unconfirmed.userId)).toBe(1)
    await purgeAfter(3 * DAY_SECONDS)
    expect(await countOf('totp_factors', unconfirmed.userId)).toBe(0)
    expect(await countOf('code_attempts', person.userId)).toBe(1)
    await purgeAfter(91 * DAY_SECONDS)
    expect(await countOf('code_attempts', person.userId)).toBe(0)
    expect(await countOf('totp_factors', person.userId)).toBe(1)
  })

  it('is deleted, whatever the ceremony is for, when it expires', async () => {
    const { sql } = test.database
    for (const kind of CEREMONY_KINDS) {
      await sql`insert into ceremonies (token_hash, kind, created_at, expires_at)
        values (${`of ${kind}`}, ${kind}, now(), now() + interval '5 minutes')`
    }
    const kinds = async () =>
      (await sql`select kind from ceremonies where token_hash like 'of %' order by kind`).map(
        ({ kind }) => kind,
      )
    await purgeAfter(4 * MINUTE_SECONDS)
    expect(await kinds()).toEqual(CEREMONY_KINDS.toSorted())
    await purgeAfter(6 * MINUTE_SECONDS)
    expect(await kinds()).toEqual([])
  })

  it('is deleted at once when the session of the attempts has ended, and kept while it lives', async () => {
    const [ended, live] = [await signUp(test.ctx), await signUp(test.ctx)]
    const { sql } = test.database
    for (const { userId, sessionId } of [ended, live]) {
      await sql`insert into code_attempts (user_id, scope, window_started_at, in_window, in_a_row)
        values (${userId}, ${`session ${sessionId}`}, now(), 1, 1), (${userId}, 'anywhere', now(), 1, 1)`
    }
    await sql`delete from sessions where id = ${ended.sessionId}`
    await purgeAfter(MINUTE_SECONDS)
    expect(await countOf('code_attempts', ended.userId)).toBe(1)
    expect(await countOf('code_attempts', live.userId)).toBe(2)
  })

  it('keeps a confirmed app beside a replacement that was never confirmed', async () => {
    const person = await signUpWithApp(test)
    await setUpTotp(test.ctx, { by: { identity: await identityOf(test.ctx, person) }, replace: true })
    await purgeAfter(3 * DAY_SECONDS)
    expect(await countOf('totp_factors', person.userId)).toBe(1)
  })
})
