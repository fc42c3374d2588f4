import { waitUntil } from '@latchkey/testkit'
import postgres from 'postgres'
import { inject } from 'vitest'

/** Any number that no other test locks in the database of administration. */
const TURN = 5_742_901

/**
 * Waits until no other test tells PostgreSQL of a standby. Its commits would wait for that one, or no longer for its own.
 *
 * @returns ends the turn, after all other hooks of the test
 */
export async function takeTurn(): Promise<() => Promise<void>> {
  // A lock counts within one database, and each test has its own.
  const url = Object.assign(new URL(inject('templateUrl')), { pathname: '/postgres' }).href
  const shared = postgres(url, { max: 1, onnotice: () => {} })
  await shared`select pg_advisory_lock(${TURN})`
  return () => shared.end()
}

/** An operator of a database, whose own commits wait for nothing. */
export function connectOperator(url: string): postgres.Sql {
  return postgres(url, { max: 2, connection: { synchronous_commit: 'off' }, onnotice: () => {} })
}

/** Makes the commits of later connections to the database wait for the standbys that PostgreSQL is told of. */
export async function demandStandby(operator: postgres.Sql): Promise<void> {
  await operator`do $$ begin
    execute format('alter database %I set synchronous_commit = on', current_database()); end $$`
}

/**
 * Tells PostgreSQL which standby confirms commits. Other tests commit without waiting for one.
 *
 * @param name - a standby that is not there makes every commit wait; an empty name lets them go on
 */
export async function setStandby(operator: postgres.Sql, url: string, name: string): Promise<void> {
  await operator.unsafe(`alter system set synchronous_standby_names = '${name}'`)
  await operator`select pg_reload_conf()`
  await waitUntil(async () => {
    const [row] = await operator`show synchronous_standby_names`
    return row?.synchronous_standby_names === name
  }, 'the standby to be set')
  if (name !== '') await waitUntil(() => isCommitHeld(operator, url), 'commits to wait for the standby')
}

/** Answers whether a commit waits. Commits wait when the checkpointer has read the setting too. */
async function isCommitHeld(operator: postgres.Sql, url: string): Promise<boolean> {
  const probe = postgres(url, { max: 1, connection: { synchronous_commit: 'on' }, onnotice: () => {} })
  let isDone = false
  const commit = probe`select pg_logical_emit_message(true, 'probe', '')`.then(() => {
    isDone = true
  })
  await waitUntil(
    async () => isDone || (await findWaiting(operator)).length === 1,
    'the probe to end or to wait',
  )
  const held = await findWaiting(operator)
  for (const pid of held) await operator`select pg_cancel_backend(${pid})`
  await commit
  await probe.end()
  return held.length > 0
}

/** The processes of the database whose commit waits for a standby. */
export async function findWaiting(operator: postgres.Sql): Promise<number[]> {
  const rows = await operator`select pid from pg_stat_activity where wait_event = 'SyncRep'
    and datname = current_database()`
  return rows.map(({ pid }) => pid)
}
