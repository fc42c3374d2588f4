import {
  createTestCore,
  describeOldClaims,
  logIn,
  type MovedPerson,
  moveIn,
  moveSessionIn,
  newDjangoId,
  OLD_TOKENS,
  refusalOf,
  signDjangoToken,
  type TestCore,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logout } from '../src/operations/auth/logout.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { deleteUser } from '../src/operations/staff/delete-user.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import type { TokenPair } from '../src/words/claims.ts'
import { race } from './support/race.ts'
import { REVOCATIONS } from './support/revocations.ts'

const ROUNDS = 40

let test: TestCore
beforeAll(async () => {
  test = await createTestCore({ oldTokens: OLD_TOKENS })
})
afterAll(() => test.close())

type Ending = (person: MovedPerson, own: TokenPair) => Promise<unknown>

/** Everything that ends a session that waits for its old token. `own` is a sign-in of the same user here. */
const ENDINGS: Record<string, Ending> = {
  ...Object.fromEntries(
    Object.entries(REVOCATIONS).map(([name, revoke]): [string, Ending] => [
      name,
      (person, own) => revoke(test.ctx, { ...person, tokens: own }),
    ]),
  ),
  logout: ({ tokens }) => logout(test.ctx, { identity: null, refresh: tokens.refresh }),
  'deletion of the user': ({ userId }) => deleteUser(test.ctx, { by: OPERATOR, userId }),
  'a run of the import that has the session no more': ({ sessionId }) =>
    test.database.sql`delete from sessions where id = ${sessionId} and generation = 0`,
}

async function isLive(tokens: { refresh: string }): Promise<boolean> {
  return refreshSession(test.ctx, { refresh: tokens.refresh }).then(
    () => true,
    () => false,
  )
}

describe('a session that was moved in', () => {
  it.each(Object.keys(ENDINGS))(
    'ends like every other one, and its old token is worth nothing then: %s',
    async (name) => {
      const person = await moveIn(test)
      const own = await logIn(test.ctx, person)
      await (ENDINGS[name] as Ending)(person, own)
      expect(await isLive(person.tokens)).toBe(false)
      const rows = await test.database.sql`select 1 from sessions where id = ${person.sessionId}`
      expect(rows).toHaveLength(0)
    },
  )

  it('counts for SESSIONS_PER_ACCOUNT, and ends first when it was unused for longest', async () => {
    const person = await moveIn(test)
    const others = await Promise.all([1, 2].map(() => moveSessionIn(test, { ...person, ...person.old })))
    await test.database
      .sql`update sessions set last_seen_at = last_seen_at - interval '1 day' where id = ${person.sessionId}`
    const ctx = { ...test.ctx, config: { ...test.ctx.config, sessionsPerAccount: 3 } }
    await logIn(ctx, person)
    expect(await isLive(person.tokens)).toBe(false)
    for (const { tokens } of others) expect(await isLive(tokens)).toBe(true)
  })
})

describe('an exchange racing the end of its session', () => {
  it.each(Object.keys(ENDINGS))(`leaves no token that works: %s, ${ROUNDS} rounds`, async (name) => {
    const survivors: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const person = await moveIn(test)
      const own = await logIn(test.ctx, person)
      const [exchanged, ended] = await race(
        round,
        () => refreshSession(test.ctx, person.tokens),
        () => (ENDINGS[name] as Ending)(person, own),
      )
      expect(ended.status).toBe('fulfilled')
      // A run of the import leaves a session alone that goes on here.
      if (name.startsWith('a run') && exchanged.status === 'fulfilled') {
        if (!(await isLive(exchanged.value))) survivors.push(round)
        continue
      }
      const held = exchanged.status === 'fulfilled' ? [person.tokens, exchanged.value] : [person.tokens]
      for (const tokens of held) if (await isLive(tokens)) survivors.push(round)
    }
    expect(survivors).toEqual([])
  })
})

describe('an exchange racing a run of the import that brings a newer token of the session', () => {
  it(`lets one of the two win, and the session goes on with one token, ${ROUNDS} rounds`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const person = await moveIn(test)
      const jti = newDjangoId()
      const newer = signDjangoToken(describeOldClaims({ ...person.old, jti }, 'refresh'))
      const [exchanged, followed] = await race(
        round,
        () => refreshSession(test.ctx, person.tokens),
        () => test.database.sql`
          update imported_sessions set jti = ${jti} where session_id = ${person.sessionId} and state = 'waiting'
          returning session_id`,
      )
      const isFollowed = followed.status === 'fulfilled' && followed.value.length === 1
      expect(exchanged.status).toBe(isFollowed ? 'rejected' : 'fulfilled')
      const refused = refusalOf(
        refreshSession(test.ctx, { refresh: isFollowed ? person.tokens.refresh : newer }),
      )
      expect(await refused).toMatchObject({ code: 'token_not_valid' })
      expect(await isLive({ refresh: isFollowed ? newer : person.tokens.refresh })).toBe(true)
    }
  })
})
