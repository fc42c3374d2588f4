import { createTestCore, type Person, readClaims, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TokenPair } from '../src/words/claims.ts'
import { race } from './support/race.ts'
import { generationOf, readEvents, readRow, refreshKeyed } from './support/retries.ts'
import { REVOCATIONS, type Revocation } from './support/revocations.ts'

const ROUNDS = 60
const KEY = 'the key of one refresh'
const OTHER = 'the key of another one'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

/** A user whose answer to a keyed refresh was lost longer ago than the grace. */
async function loseAnswer(): Promise<{ person: Person; lost: TokenPair }> {
  const person = await signUp(test.ctx)
  const lost = await refreshKeyed(test.ctx, person.tokens, KEY)
  test.clock.seconds += 31
  return { person, lost }
}

const isLive = (tokens: TokenPair): Promise<boolean> =>
  refreshKeyed(test.ctx, tokens, null).then(
    () => true,
    () => false,
  )

describe('a late retry with its key, racing', () => {
  it.each(Object.keys(REVOCATIONS))(
    `the end of its session by %s, leaves no token that works`,
    async (name) => {
      const revoke = REVOCATIONS[name] as Revocation
      const survivors: number[] = []
      for (let round = 0; round < ROUNDS; round++) {
        const { person, lost } = await loseAnswer()
        const [answer, revoked] = await race(
          round,
          () => refreshKeyed(test.ctx, person.tokens, KEY),
          () => revoke(test.ctx, { ...person, tokens: lost }),
        )
        expect(revoked.status).toBe('fulfilled')
        const held = answer.status === 'fulfilled' ? [lost, answer.value] : [lost]
        for (const tokens of held) if (await isLive(tokens)) survivors.push(round)
      }
      expect(survivors).toEqual([])
    },
  )

  it('a rotation by another holder, is answered before it or ends the session after it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { person, lost } = await loseAnswer()
      const [retry, rotation] = await race(
        round,
        () => refreshKeyed(test.ctx, person.tokens, KEY),
        () => refreshKeyed(test.ctx, lost, OTHER),
      )
      expect(rotation.status === 'fulfilled' && generationOf(rotation.value)).toBe(3)
      if (retry.status === 'fulfilled') expect(generationOf(retry.value)).toBe(2)
      const replays = retry.status === 'fulfilled' ? 0 : 1
      expect(await readEvents(test, person, 'refresh_replayed')).toHaveLength(replays)
      expect((await readRow(test, person))?.generation).toBe(replays === 0 ? 3 : undefined)
    }
  })

  it('the same token without its key, leaves no token that works', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { person, lost } = await loseAnswer()
      const [retry, theft] = await race(
        round,
        () => refreshKeyed(test.ctx, person.tokens, KEY),
        () => refreshKeyed(test.ctx, person.tokens, null),
      )
      expect(theft.status).toBe('rejected')
      const held = retry.status === 'fulfilled' ? [lost, retry.value] : [lost]
      for (const tokens of held) expect(await isLive(tokens)).toBe(false)
      expect(await readEvents(test, person, 'refresh_replayed')).toHaveLength(1)
    }
  })

  it('refreshes with other keys for the same token, rotates once', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const person = await signUp(test.ctx)
      const [one, other] = await race(
        round,
        () => refreshKeyed(test.ctx, person.tokens, KEY),
        () => refreshKeyed(test.ctx, person.tokens, OTHER),
      )
      const answers = [one, other].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
      expect(answers.map(({ refresh }) => readClaims(refresh).generation)).toEqual([2, 2])
    }
  })
})
