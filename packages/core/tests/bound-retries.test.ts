import {
  createTestCore,
  makeProofKey,
  type Person,
  type ProofKey,
  refusalOf,
  signUp,
  type TestCore,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TokenPair } from '../src/words/claims.ts'
import {
  generationOf,
  readEvents,
  readRow,
  refreshKeyed,
  refreshProven,
  signUpBound,
} from './support/retries.ts'

const KEY = 'the key of one refresh'
const DAY = 86_400

let key: ProofKey
let thief: ProofKey
beforeAll(async () => {
  key = await makeProofKey()
  thief = await makeProofKey()
})

describe.each([30, 0])('of a bound session, with a grace of %s seconds,', (refreshGraceSeconds) => {
  let test: TestCore
  let person: Person
  beforeAll(async () => {
    test = await createTestCore({ config: { refreshGraceSeconds } })
  })
  beforeEach(async () => {
    test.clock.seconds = 0
    person = await signUpBound(test, key)
  })
  afterAll(() => test.close())

  /** Rotates a number of times, each after the grace. Returns the tokens of every generation. */
  async function rotate(times: number): Promise<TokenPair[]> {
    const tokens = [person.tokens]
    for (let time = 0; time < times; time++) {
      test.clock.seconds += 31
      tokens.push(await refreshProven(test, tokens.at(-1) as TokenPair, { key }))
    }
    return tokens
  }

  it.each([1, 2, 5])(
    'a token of %s generations ago with a proof gets the current generation',
    async (age) => {
      const tokens = await rotate(5)
      const before = await readRow(test, person)
      test.clock.seconds += 9 * DAY
      const client = { ip: '198.51.100.7', userAgent: 'other/1' }
      const again = await refreshProven(test, tokens[5 - age] as TokenPair, { key, client })
      expect(again).toMatchObject({ bound: true })
      expect(generationOf(again)).toBe(6)
      const after = await readRow(test, person)
      expect(after).toMatchObject({ generation: 6, rotated_at: before?.rotated_at, ip: client.ip })
      for (const moved of ['last_seen_at', 'idle_expires_at'])
        expect(after?.[moved] - before?.[moved]).toBeGreaterThanOrEqual(9 * DAY * 1000)
      const [event, ...others] = await readEvents(test, person, 'refresh_late')
      expect([event?.details, others]).toEqual([{ by: 'proof', changed: 'both' }, []])
      expect(await readEvents(test, person, 'refresh_replayed')).toEqual([])
    },
  )

  it('a token of two generations ago with a proof gets the current one also right after a rotation', async () => {
    await rotate(2)
    expect(generationOf(await refreshProven(test, person.tokens, { key }))).toBe(3)
    expect(await readRow(test, person)).toMatchObject({ generation: 3 })
  })

  it.each([0, 31, DAY])('without the proof no token rotates or ends it, %s seconds late', async (seconds) => {
    const tokens = await rotate(3)
    test.clock.seconds += seconds
    const before = await readRow(test, person)
    for (const one of tokens) {
      for (const idempotencyKey of [null, KEY]) {
        const refused = await refusalOf(refreshKeyed(test.ctx, one, idempotencyKey))
        expect(refused.code).toBe('invalid_refresh_proof')
        const stolen = refreshProven(test, one, { key: thief })
        expect((await refusalOf(stolen)).code).toBe('invalid_refresh_proof')
      }
    }
    expect(await readRow(test, person)).toEqual(before)
    expect(generationOf(await refreshProven(test, tokens[0] as TokenPair, { key }))).toBe(4)
  })

  it('a key of a caller does not stand for the proof', async () => {
    await refreshProven(test, person.tokens, { key, idempotencyKey: KEY })
    test.clock.seconds += DAY
    expect((await refusalOf(refreshKeyed(test.ctx, person.tokens, KEY))).code).toBe('invalid_refresh_proof')
    expect(generationOf(await refreshProven(test, person.tokens, { key }))).toBe(2)
  })

  it('a proof does not stand for a new key of a caller', async () => {
    const second = await refreshProven(test, person.tokens, { key, idempotencyKey: KEY })
    test.clock.seconds += DAY
    const again = refreshProven(test, second, { key, idempotencyKey: KEY })
    expect((await refusalOf(again)).code).toBe('idempotency_key_reused')
    expect(await readRow(test, person)).toMatchObject({ generation: 2 })
  })

  it('a newer token repeats a lost rotation with the proof alone', async () => {
    const tokens = await rotate(3)
    await test.database.sql`update sessions set generation = 1 where id = ${person.sessionId}`
    const newest = tokens[3] as TokenPair
    expect((await refusalOf(refreshKeyed(test.ctx, newest, null))).code).toBe('invalid_refresh_proof')
    expect(await readRow(test, person)).toMatchObject({ generation: 1 })
    expect(generationOf(await refreshProven(test, newest, { key }))).toBe(refreshGraceSeconds === 0 ? 5 : 4)
  })

  it('refreshes that are answered late do not let it idle out', async () => {
    const [first] = await rotate(2)
    test.clock.seconds += 10 * DAY
    const late = await refreshProven(test, first as TokenPair, { key })
    test.clock.seconds += 10 * DAY
    expect(generationOf(await refreshProven(test, late, { key }))).toBe(4)
  })

  it('a token past its own life is answered with the proof alone, while the session lives', async () => {
    test.clock.seconds += 13 * DAY
    const current = await refreshProven(test, person.tokens, { key })
    test.clock.seconds += 2 * DAY
    const before = await readRow(test, person)
    const expired = { code: 'token_not_valid', detail: 'Token is expired' }
    expect(await refusalOf(refreshKeyed(test.ctx, person.tokens, null))).toMatchObject(expired)
    expect((await refusalOf(refreshProven(test, person.tokens, { key: thief }))).code).toBe(
      'invalid_refresh_proof',
    )
    expect(await readRow(test, person)).toEqual(before)
    expect(generationOf(await refreshProven(test, person.tokens, { key }))).toBe(2)
    expect(generationOf(await refreshProven(test, current, { key }))).toBe(3)
    test.clock.seconds += 14 * DAY + 1
    for (const tokens of [person.tokens, current])
      expect(await refusalOf(refreshProven(test, tokens, { key }))).toMatchObject(expired)
  })

  it('a token past its own life that is newer than the session repeats no lost rotation', async () => {
    const tokens = await rotate(2)
    test.clock.seconds += 14 * DAY + 1
    await test.database.sql`
      update sessions set generation = 1, idle_expires_at = idle_expires_at + interval '1 day' where id = ${person.sessionId}`
    expect(await refusalOf(refreshProven(test, tokens[2] as TokenPair, { key }))).toMatchObject({
      detail: 'Token is expired',
    })
    expect(await readRow(test, person)).toMatchObject({ generation: 1 })
  })

  it('20 tokens of every age at once all get answers, and it rotates at most once', async () => {
    const tokens = await rotate(4)
    test.clock.seconds += DAY
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => refreshProven(test, tokens[i % 5] as TokenPair, { key })),
    )
    for (const answer of answers) expect([5, 6]).toContain(generationOf(answer))
    expect(await readRow(test, person)).toMatchObject({ generation: 6 })
  })
})

it('a token past its own life of a session without a key is refused, whatever proof is beside it', async () => {
  const test = await createTestCore()
  const person = await signUp(test.ctx)
  test.clock.seconds += 13 * DAY
  await refreshKeyed(test.ctx, person.tokens, null)
  test.clock.seconds += 2 * DAY
  expect(await refusalOf(refreshProven(test, person.tokens, { key }))).toMatchObject({
    detail: 'Token is expired',
  })
  expect(await readRow(test, person)).toMatchObject({ generation: 2 })
  await test.close()
})

it('a session without a key ignores a proof', async () => {
  const test = await createTestCore()
  const person = await signUp(test.ctx)
  const second = await refreshProven(test, person.tokens, { key })
  expect([generationOf(second), second.bound]).toEqual([2, undefined])
  test.clock.seconds += 31
  expect((await refusalOf(refreshProven(test, person.tokens, { key }))).code).toBe('token_not_valid')
  expect(await readRow(test, person)).toBeUndefined()
  await test.close()
})
