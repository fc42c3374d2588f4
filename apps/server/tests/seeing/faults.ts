import { makeProofKey, newEmail, type OwnPostgres, PASSWORD, type TestRedis } from '@latchkey/testkit'
import { call } from '../call.ts'
import type { Run } from '../run-server.ts'

/** The servers under the alerts, and what they depend on. */
export interface World {
  /** The server that callers use. */
  url: string
  postgres: OwnPostgres
  redis: TestRedis
  /** A second server, whose clock is ahead. */
  other: Run
  /** An account of a user, which may be used up. */
  email: string
}

/**
 * Lays a fault.
 *
 * @param isSeen - whether the alert has fired. A fault that is over by itself lasts until then: on a busy machine a
 *   scrape comes late or gets no answer in its time, and a call arrives late.
 */
type Fault = (world: World, isSeen: () => Promise<boolean>) => Promise<unknown>

const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))

function logIn({ url }: World, email: string, password = PASSWORD) {
  return call(`${url}/login/`, { json: { email, password } })
}

function askForMail({ url }: World, email = newEmail()) {
  return call(`${url}/password/reset/`, { json: { email } })
}

/** Signs a new user up. It writes, and no limit of sign-ins counts it. */
export function signUpAt(url: string, email = newEmail()) {
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  return call(`${url}/registration/`, { json: { email, password1: PASSWORD, password2: PASSWORD, ...names } })
}

/** Many more at once than the queue of hashes holds. */
const flood: Fault = async (world, isSeen) => {
  do {
    await Promise.all(Array.from({ length: 1000 }, () => logIn(world, newEmail())))
    // The next scrapes find what was counted.
    await sleep(3)
  } while (!(await isSeen()))
}

async function replay(world: World) {
  const { refresh } = (await logIn(world, world.email)).body as { refresh: string }
  const again = () => call(`${world.url}/refresh/`, { json: { refresh } })
  await again()
  await again()
}

/** The token of a session with a key is presented without it, as a thief does. */
async function refreshUnproven({ url, email }: World, times: number) {
  const header = await (await makeProofKey()).prove({ htm: 'POST', htu: `${url}/login/` })
  const json = { email, password: PASSWORD }
  const { refresh } = (await call(`${url}/login/`, { json, headers: { DPoP: header } })).body as {
    refresh: string
  }
  for (let n = 0; n < times; n++) await call(`${url}/refresh/`, { json: { refresh } })
}

async function withoutTable({ postgres: { sql } }: World, work: () => Promise<unknown>) {
  await sql`alter table sessions rename to hidden`
  await work()
  await sql`alter table hidden rename to sessions`
}

/** Holds a lock for as long as a call waits, and again with new calls. */
const withLock: Fault = async (world, isSeen) => {
  const calls: Promise<unknown>[] = []
  await world.postgres.sql.begin(async (tx) => {
    await tx`lock table users in access exclusive mode`
    do {
      for (let n = 0; n < 40; n++) calls.push(logIn(world, world.email))
      await sleep(5)
    } while (!(await isSeen()))
  })
  await Promise.all(calls)
}

/** Commits wait for a standby that does not exist. */
const withoutStandby: Fault = async (world, isSeen) => {
  const { sql } = world.postgres
  const set = async (name: string) => {
    await sql.unsafe(`alter system set synchronous_standby_names = '${name}'`)
    await sql`select pg_reload_conf()`
  }
  await set('nobody')
  // PostgreSQL reads the setting a moment later. From then on a commit takes seconds.
  while (!(await isSeen())) await signUpAt(world.url)
  await set('')
}

/** What is wrong in the database before the servers start. */
export async function ageDatabase({ sql }: OwnPostgres): Promise<void> {
  await sql`update signing_keys set created_at = now() - interval '400 days'`
  await sql`update capabilities set expires_at = now() - interval '30 days'`
  // The mail of that link waits for the dead relay, which is the fault of a later alert.
  await sql`delete from latchkey_mail.job`
}

/** A fault for each alert, in this order. Nothing has to be done for a fault that was there before the start. */
export const FAULTS: Record<string, Fault> = {
  LatchkeySigningKeyOld: async () => {},
  LatchkeyHousekeepingOverdue: async () => {},
  LatchkeyClockSkew: async () => {},
  LatchkeyMailServerRefuses: async (world) => {
    for (let n = 0; n < 4; n++) {
      const email = newEmail()
      await signUpAt(world.url, email)
      await askForMail(world, email)
    }
  },
  LatchkeyMailStuck: async (world) => {
    await askForMail(world)
    await world.postgres.sql`update latchkey_mail.job set created_on = now() - interval '1 hour',
      start_after = now() - interval '1 hour' where name = 'mail' and state < 'active'`
  },
  LatchkeyMailGivenUp: async (world) => {
    await askForMail(world)
    await world.postgres.sql`update latchkey_mail.job set retry_count = retry_limit, start_after = now()
      where name = 'mail' and state < 'active'`
  },
  LatchkeyReplays: async (world) => {
    for (let n = 0; n < 5; n++) await replay(world)
  },
  LatchkeyProofsRefused: (world) => refreshUnproven(world, 15),
  LatchkeyProviderFails: async ({ url }) => {
    for (let n = 0; n < 6; n++) await call(`${url}/social/acme/token/`, { json: { id_token: 'x.y.z' } })
  },
  LatchkeyThrottled: async (world) => {
    const email = newEmail()
    for (let n = 0; n < 150; n++) await logIn(world, email, 'wrong')
  },
  LatchkeyFaults: (world) => withoutTable(world, () => logIn(world, world.email)),
  LatchkeyHashQueueFull: flood,
  LatchkeyPoolExhausted: withLock,
  LatchkeySlow: withLock,
  LatchkeyUnavailable: async () => {},
  LatchkeyCommitUnconfirmed: withoutStandby,
  LatchkeyThrottleStoreDown: async (world) => {
    await world.redis.kill()
    // An address over its limit is refused from memory, and the store is not asked.
    await logIn(world, newEmail())
  },
  LatchkeyEventLoopBlocked: async ({ other }, isSeen) => {
    // A scrape that came too late takes the measure with it, so the pauses begin at different moments between scrapes.
    do {
      other.process.kill('SIGSTOP')
      await sleep(1.3)
      other.process.kill('SIGCONT')
      await sleep(1.1)
    } while (!(await isSeen()))
  },
  LatchkeyDown: async ({ other }) => {
    other.process.kill('SIGKILL')
    await other.exit
  },
  LatchkeyDatabaseDown: async ({ postgres }) => postgres.stop(),
  LatchkeyNotReady: async () => {},
}
