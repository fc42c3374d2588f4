import {
  createMailingCore,
  createTestCore,
  createTestDatabase,
  logIn,
  makeProofKey,
  moveIn,
  OLD_TOKENS,
  openQuietProxy,
  PASSWORD,
  refusalOf,
  signUp,
  type TestCore,
} from '@latchkey/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { login } from '../src/operations/auth/login.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { ARGON2 } from '../src/services/hash-function.ts'
import { createHasher } from '../src/services/hasher.ts'
import { NO_LIMITS } from '../src/words/rate-limits.ts'
import { type RecordingWatch, recordWatch } from './support/recording-watch.ts'
import { refreshKeyed, refreshProven, signUpBound } from './support/retries.ts'

let watch: RecordingWatch
let test: TestCore
beforeEach(() => {
  watch = recordWatch()
})
afterEach(() => test.close())

const named = (name: string) => watch.notes.filter(([one]) => one === name).map(([, details]) => details)

describe('the core tells', () => {
  it('of an answer in the grace, and whether it went to another client', async () => {
    test = await createTestCore({ watch })
    const { tokens } = await signUp(test.ctx)
    await refreshSession(test.ctx, tokens)
    await refreshSession(test.ctx, tokens)
    await refreshSession(test.contextOf({ userAgent: 'other/1' }), tokens)
    expect(named('refresh_graced')).toEqual([{ client: 'same' }, { client: 'other' }])
    expect(named('refresh_replayed')).toEqual([])
  })

  it('of an answer after the grace, and by what the caller showed that the token is its own', async () => {
    test = await createTestCore({ watch })
    const { tokens } = await signUp(test.ctx)
    const key = await makeProofKey()
    const bound = await signUpBound(test, key)
    await refreshKeyed(test.ctx, tokens, 'the key of one refresh')
    await refreshProven(test, bound.tokens, { key })
    test.clock.seconds += 60
    await refreshKeyed(test.ctx, tokens, 'the key of one refresh')
    await refreshProven(test, bound.tokens, { key })
    expect(named('refresh_answered_late')).toEqual([{ by: 'keyed' }, { by: 'proof' }])
    expect(named('refresh_replayed')).toEqual([])
  })

  it('of a replayed refresh token', async () => {
    test = await createTestCore({ watch })
    const { tokens } = await signUp(test.ctx)
    const next = await refreshSession(test.ctx, tokens)
    test.clock.seconds += 60
    await refreshSession(test.ctx, next)
    await refusalOf(refreshSession(test.ctx, tokens))
    expect(named('refresh_replayed')).toEqual([{}])
  })

  it('of a session that was to be refreshed without the proof of its key', async () => {
    test = await createTestCore({ watch })
    const bound = await signUpBound(test, await makeProofKey())
    await refusalOf(refreshSession(test.ctx, bound.tokens))
    expect(named('proof_refused')).toEqual([{ reason: 'missing' }])
  })

  it('of an old refresh token that was exchanged', async () => {
    test = await createTestCore({ watch, oldTokens: OLD_TOKENS })
    const { tokens } = await moveIn(test)
    await refreshSession(test.ctx, tokens)
    expect(named('session_moved_in')).toEqual([{}])
  })

  it('of every hash and of every hash that the full queue refused', async () => {
    test = await createTestCore()
    const hasher = await createHasher(
      { memoryKib: 8, passes: 1, lanes: 1 },
      { concurrency: 1, queue: 1 },
      ARGON2,
      watch,
    )
    const hashes = [hasher.hash('a'), hasher.hash('b')]
    expect(hasher.load).toEqual({ running: 1, waiting: 1 })
    await refusalOf(hasher.hash('c'))
    await Promise.all(hashes)
    expect(named('hash_refused')).toHaveLength(1)
    expect(named('hash_began')).toEqual([
      { waitedSeconds: expect.any(Number) },
      { waitedSeconds: expect.any(Number) },
    ])
    expect(hasher.load).toEqual({ running: 0, waiting: 0 })
  })

  it('of every call over a limit, by the name of the limit', async () => {
    const limits = { ...NO_LIMITS, login: { calls: 1, seconds: 3600 } }
    test = await createTestCore({ watch, throttle: { store: 'memory', redisUrl: null, limits } })
    const { email } = await signUp(test.ctx)
    for (let call = 0; call < 3; call++) await login(test.ctx, { email, password: PASSWORD }).catch(() => {})
    expect(named('throttled')).toEqual([{ limit: 'login' }, { limit: 'login' }])
  })

  it('of every mail that was sent', async () => {
    const mailing = await createMailingCore({ watch })
    test = mailing
    const { email } = await signUp(test.ctx)
    await requestPasswordReset(test.ctx, { email })
    await expect.poll(() => named('mail_settled')).toEqual([{ outcome: 'sent' }])
    expect(watch.steps).toContainEqual(['mail', 'reset-password'])
  })
})

it('names every step by words of the server, and no value of a caller is in a name', async () => {
  test = await createTestCore({ watch })
  const person = await signUp(test.ctx)
  await refreshSession(test.ctx, await logIn(test.ctx, person))
  const names = watch.steps.map(([, name]) => name)
  expect(names).toEqual(expect.arrayContaining(['argon2id', 'transaction', 'update sessions']))
  for (const name of names) expect(name).toMatch(/^[a-z_\d, ]+$/)
  const text = names.join('\n')
  for (const value of [person.email, PASSWORD, person.userId, person.sessionId])
    expect(text).not.toContain(value)
})

describe('the census', () => {
  it('has the age of the key, the clock and the mails that wait', async () => {
    test = await createMailingCore()
    const census = await test.core.takeCensus()
    expect(census).toMatchObject({ mails: { waiting: 0, failed: 0, oldestSeconds: 0 } })
    expect(census.keyAgeSeconds).toBeGreaterThanOrEqual(0)
    expect(Math.abs(census.clockOffsetSeconds ?? 60)).toBeLessThan(5)
  })

  it('counts the mails that wait since they were due, and those that failed', async () => {
    test = await createMailingCore()
    await test.database.sql`insert into latchkey_mail.job (name, data, created_on, start_after, state)
      values ('mail', '{}', now() - interval '1 hour', now() + interval '1 hour', 'retry'),
        ('mail', '{}', now(), now() + interval '1 hour', 'created'), ('mail-failed', '{}', now(), now(), 'created')`
    const census = await test.core.takeCensus()
    expect(census.mails).toMatchObject({ waiting: 2, failed: 1 })
    expect(Math.round((census.mails?.oldestSeconds ?? 0) / 60)).toBe(60)
  })

  it('is taken once for many who ask', async () => {
    test = await createTestCore({ watch })
    const before = watch.steps.length
    await test.core.takeCensus()
    const once = watch.steps.length - before
    const censuses = await Promise.all(Array.from({ length: 20 }, () => test.core.takeCensus()))
    expect(new Set(censuses).size).toBe(1)
    expect(watch.steps.length - before).toBe(once)
  })

  it('tells what waits for the housekeeping in each table', async () => {
    test = await createTestCore()
    const { overdue } = await test.core.takeCensus()
    expect(overdue?.map(({ table }) => table)).toEqual(expect.arrayContaining(['sessions', 'audit_events']))
  })

  it('says that the database did not answer, and then claims nothing about it', async () => {
    const database = await createTestDatabase()
    const proxy = await openQuietProxy(database.url)
    test = await createTestCore({ database: { ...database, url: proxy.url } })
    proxy.isQuiet = true
    expect(await test.core.takeCensus()).toMatchObject({
      hasAnswered: false,
      isReady: false,
      mails: null,
      overdue: null,
      clockOffsetSeconds: null,
    })
    proxy.isQuiet = false
    await proxy.close()
    await test.close()
    test = await createTestCore()
    await database.drop()
  })
})
