import { setTimeout as sleep } from 'node:timers/promises'
import {
  createTestCore,
  createTestDatabase,
  makeProofKey,
  openQuietProxy,
  type Person,
  type ProofKey,
  type QuietProxy,
  signUp,
  type TestCore,
  type TestDatabase,
  waitUntil,
} from '@latchkey/testkit'
import type postgres from 'postgres'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TokenPair } from '../src/words/claims.ts'
import { DomainError } from '../src/words/errors.ts'
import { generationOf, refreshKeyed, refreshProven, signUpBound } from './support/retries.ts'
import { connectOperator, demandStandby, findWaiting, setStandby, takeTurn } from './support/standby.ts'

const CLIENTS = 30
const GRACE_SECONDS = 1
/** For so long a client waits for an answer, before it sends the request again. */
const PATIENCE_MILLISECONDS = 500
/** Longer than the grace, and shorter than a statement may take. */
const STALL_MILLISECONDS = 3000

let key: ProofKey
beforeAll(async () => {
  key = await makeProofKey()
})

let database: TestDatabase
let operator: postgres.Sql
/** The server that dies while its commits wait. */
let dying: TestCore
let toDying: QuietProxy
/** The server that gets every further request. */
let test: TestCore
beforeEach(takeTurn)
beforeEach(async () => {
  database = await createTestDatabase()
  operator = connectOperator(database.url)
  await demandStandby(operator)
  toDying = await openQuietProxy(database.url)
  dying = await openCore({ ...database, url: toDying.url })
  test = await openCore(database)
})
afterEach(async () => {
  await setStandby(operator, database.url, '')
  await toDying.close()
  for (const core of [test, dying]) await core.close()
  await operator.end()
  await database.drop()
})

function openCore(shared: TestDatabase): Promise<TestCore> {
  return createTestCore({
    database: shared,
    pool: { poolSize: 40, deadlineMilliseconds: 20_000 },
    config: { refreshGraceSeconds: GRACE_SECONDS },
  })
}

/** How the commits of rotations are held up. Each returns what lets them go on. */
const STALLS: Record<string, () => Promise<() => Promise<void>>> = {
  'for a lock': async () => {
    // A deferred trigger runs at the commit, when the row has been written.
    await operator.unsafe(`
      create function wait_for_lock() returns trigger language plpgsql
        as $$ begin perform pg_advisory_xact_lock_shared(1); return null; end $$;
      create constraint trigger held after update on sessions deferrable initially deferred
        for each row execute function wait_for_lock()`)
    const holder = await operator.reserve()
    await holder`select pg_advisory_lock(1)`
    return async () => {
      await holder`select pg_advisory_unlock(1)`
      holder.release()
    }
  },
  'for a standby that stopped': async () => {
    await setStandby(operator, database.url, 'nobody')
    return () => setStandby(operator, database.url, '')
  },
}

/** A kind of client: how it signs up, and how it sends one refresh again and again. */
interface Kind {
  signUp: () => Promise<Person>
  refresh: (core: TestCore, person: Person) => Promise<TokenPair>
}

const KINDS = {
  plain: {
    signUp: () => signUp(test.ctx),
    refresh: ({ ctx }, { tokens }) => refreshKeyed(ctx, tokens, null),
  },
  keyed: {
    signUp: () => signUp(test.ctx),
    refresh: ({ ctx }, { tokens, sessionId }) => refreshKeyed(ctx, tokens, `the key of ${sessionId}`),
  },
  bound: {
    signUp: () => signUpBound(test, key),
    refresh: (core, { tokens }) => refreshProven(core, tokens, { key }),
  },
} satisfies Record<string, Kind>

/** Sends a refresh again until it is answered. Each request is cut off after a while, and its answer is lost. */
async function persist(kind: Kind, person: Person): Promise<number | string | undefined> {
  for (;;) {
    const answer = kind.refresh(test, person).then(generationOf, (error: unknown) => {
      return error instanceof DomainError ? error.code : 'lost'
    })
    const first = await Promise.race([answer, sleep(PATIENCE_MILLISECONDS, 'lost')])
    if (first !== 'lost') return first
  }
}

/**
 * Thirty clients refresh at a server whose commits hang, and which dies. Then each asks another server, again and again.
 *
 * A server that lives starts the graces anew, so its clients are spared. Nobody does it for a dead one.
 *
 * @returns how each has ended: with a generation, or with a code
 */
async function refreshInStall(kind: Kind, stall: () => Promise<() => Promise<void>>) {
  const people = await Promise.all(Array.from({ length: CLIENTS }, kind.signUp))
  const release = await stall()
  for (const person of people) kind.refresh(dying, person).catch(() => {})
  await waitUntil(async () => (await countHeld()) === CLIENTS, 'each commit to wait')
  toDying.isQuiet = true
  const answers = Promise.all(people.map((person) => persist(kind, person)))
  await sleep(STALL_MILLISECONDS)
  await release()
  return answers
}

async function countHeld(): Promise<number> {
  const locked = await operator`select 1 from pg_locks
    where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`
  return locked.length + (await findWaiting(operator)).length
}

describe.each(Object.entries(STALLS))(
  'thirty clients whose commits wait %s for longer than the grace',
  (_name, stall) => {
    it.each(['keyed', 'bound'] as const)('are all answered when they are %s', async (name) => {
      const ends = await refreshInStall(KINDS[name], stall)
      expect(ends).toEqual(Array.from({ length: CLIENTS }, () => 2))
    })

    it('are signed out when they are plain, which is what the others are spared', async () => {
      const ends = await refreshInStall(KINDS.plain, stall)
      expect(ends).toEqual(Array.from({ length: CLIENTS }, () => 'token_not_valid'))
    })
  },
)
