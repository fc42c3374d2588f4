import {
  createTestCore,
  logIn,
  moveIn,
  OLD_TOKENS,
  type Person,
  refusalOf,
  signUp,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { login } from '../src/operations/auth/login.ts'
import { logout } from '../src/operations/auth/logout.ts'
import { refreshSession } from '../src/operations/auth/refresh-session.ts'
import { revokeSession } from '../src/operations/sessions/revoke-session.ts'
import { authenticate } from '../src/steps/authenticate.ts'

type Acting = Pick<Person, 'tokens' | 'sessionId'>

let test: TestCore
let other: Person
beforeAll(async () => {
  test = await createTestCore({ oldTokens: OLD_TOKENS })
  // As in partitions by user, the key of a session has its user. So two users can have sessions of one id.
  await test.database.sql`alter table sessions drop constraint sessions_pkey, add primary key (id, user_id)`
})
beforeEach(async () => {
  test.clock.seconds = 0
  other = await signUp(test.ctx)
})
afterAll(() => test.close())

/** Gives the other user a session that is like one of the person. */
async function addTwin({ sessionId }: Acting): Promise<void> {
  await test.database.sql`
    insert into sessions select (jsonb_populate_record(s, jsonb_build_object('user_id', ${other.userId}::text))).*
    from sessions s where id = ${sessionId}`
}

const readTwin = ({ sessionId }: Acting) =>
  test.database.sql`select * from sessions where id = ${sessionId} and user_id = ${other.userId}`

/** Each act on a session, with the person who acts. */
const ACTS: Record<string, [() => Promise<Acting>, (person: never) => Promise<unknown>]> = {
  'a refresh': [() => signUp(test.ctx), ({ tokens }: Person) => refreshSession(test.ctx, tokens)],
  'the exchange of an old token': [
    () => moveIn(test),
    ({ tokens }: Acting) => refreshSession(test.ctx, { refresh: tokens.refresh }),
  ],
  'the exchange that the database has lost': [
    async () => {
      const { tokens, sessionId } = await moveIn(test)
      const renewed = await refreshSession(test.ctx, tokens)
      const { sql } = test.database
      await sql`update imported_sessions set state = 'waiting', exchanged_at = null where session_id = ${sessionId}`
      await sql`update sessions set generation = 0, rotated_at = null where id = ${sessionId}`
      return { tokens: renewed, sessionId }
    },
    ({ tokens }: Acting) => refreshSession(test.ctx, tokens),
  ],
  'a replayed refresh token': [
    async () => {
      const person = await signUp(test.ctx)
      await refreshSession(test.ctx, person.tokens)
      test.clock.seconds += 31
      return person
    },
    ({ tokens }: Person) => refusalOf(refreshSession(test.ctx, tokens)),
  ],
  'a sign-in beyond the limit of sessions': [
    () => signUp(test.ctx),
    (person: Person) => login(withConfig(test.ctx, { sessionsPerAccount: 1 }), person),
  ],
  'a sign-out': [
    () => signUp(test.ctx),
    ({ tokens }: Person) => logout(test.ctx, { identity: null, refresh: tokens.refresh }),
  ],
  'a revocation': [
    () => signUp(test.ctx),
    async (person: Person) => {
      const { access } = await logIn(test.ctx, person)
      const identity = await authenticate(test.ctx, access)
      await revokeSession(test.ctx, { identity, sessionId: person.sessionId })
    },
  ],
}

describe('where sessions are spread by user', () => {
  it.each(Object.entries(ACTS))('%s changes the session of its user alone', async (_, [enter, act]) => {
    const person = await enter()
    await addTwin(person)
    const [before, ...more] = await readTwin(person)
    expect([before?.user_id, more]).toEqual([other.userId, []])
    const own = () => test.database.sql`
      select * from sessions where id = ${person.sessionId} and user_id <> ${other.userId}`
    const former = await own()
    await act(person as never)
    expect(await readTwin(person)).toEqual([before])
    expect(await own()).not.toEqual(former)
  })
})
