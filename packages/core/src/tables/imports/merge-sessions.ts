import { type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { differsFromImport } from './digests.ts'
import type { Range } from './merge-known.ts'

/** The id of a session came before in this source. The newest row counts. */
export async function dropRepeatedSessions(db: Database): Promise<number> {
  const { count } = await db.execute(sql`
    delete from staged_sessions s using (
      select n, row_number() over (partition by session_id order by created_at desc, n) as place from staged_sessions
    ) ranked
    where ranked.n = s.n and ranked.place > 1`)
  return count
}

/** Keeps the newest staged sessions of each user, as many as one user may have, and returns how many are left out. */
export async function dropExcessSessions(db: Database, keep: number): Promise<number> {
  const { count } = await db.execute(sql`
    delete from staged_sessions s using (
      select n, row_number() over (partition by old_user_id order by created_at desc, n) as place from staged_sessions
    ) ranked
    where ranked.n = s.n and ranked.place > ${keep}`)
  return count
}

/** The password was set here. A sign-in makes another hash of an imported one, and its form stays. */
const HAS_OWN_PASSWORD = sql`k.state = 'account' and u.password_form = 0
  and ${differsFromImport('password_hash')}`

/** The second factor was turned on here. The id of an app that was moved in is that of its user. */
const HAS_OWN_FACTOR = sql`u.second_factor and not exists (
  select from totp_factors t where t.user_id = u.id and t.id = u.id)`

/**
 * Whether new sessions of a known user move in. The source opened them by the password that it knows, so they do not count where
 * the user has another one here, or a second factor that the source does not ask for.
 */
const MAY_MOVE = sql`not (${HAS_OWN_PASSWORD}) and not (${HAS_OWN_FACTOR})`

/** Counts the staged sessions that live and whose users move in, or were moved in and take new sessions. */
export async function countStagedSessions(db: Database, clock: Clock, source: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from staged_sessions y
    where y.expires_at > ${clock.now()} and exists (
      select from staged_users s left join imported_users k on k.source = ${source} and k.old_id = s.old_id
        left join users u on u.id = k.user_id
      where s.old_id = y.old_user_id and s.is_active and case
        when k.state in ('account', 'adopted') then u.is_active and ${MAY_MOVE} else s.verdict in ('account', 'adopt') end)`)
  return row?.count ?? 0
}

/** The staged sessions of a range, with their active users. */
function fromOwners({ source, from, to }: Range): SQL {
  return sql`staged_sessions y join imported_users k on k.source = ${source} and k.old_id = y.old_user_id
    join users u on u.id = k.user_id
    where y.n between ${from} and ${to} and u.is_active and k.state in ('account', 'adopted')`
}

/**
 * Stores the sessions of a range, each once: a session that was noted before and has ended here stays ended. A session
 * that waits for its old token gets the newest one.
 *
 * @returns how many sessions were stored
 */
export async function mergeSessions(tx: Database, clock: Clock, range: Range): Promise<number> {
  const locked = await tx.execute(sql`
    select u.id from users u where u.id in (select u.id from ${fromOwners(range)}) order by u.id for no key update`)
  if (locked.length === 0) return 0
  await followRotations(tx, range)
  const { count } = await tx.execute(sql`
    with noted as (
      insert into imported_sessions (session_id, source, jti, user_id, expires_at)
      select y.session_id, ${range.source}, y.jti, k.user_id, y.expires_at from ${fromOwners(range)}
        and ${MAY_MOVE} and y.expires_at > ${clock.now()} and not exists (select from sessions x where x.id = y.session_id)
      on conflict do nothing returning session_id, user_id
    )
    insert into sessions (id, user_id, generation, created_at, last_seen_at, idle_expires_at, ip, browser, os, device)
    select y.session_id, noted.user_id, 0, y.created_at, y.created_at, y.expires_at, y.ip, y.browser, y.os, y.device
    from noted join staged_sessions y using (session_id) where y.n between ${range.from} and ${range.to}`)
  return count
}

/** The former deployment goes on to rotate its tokens between two runs. */
async function followRotations(tx: Database, range: Range): Promise<void> {
  await tx.execute(sql`
    with rotated as (
      update imported_sessions i set jti = y.jti, expires_at = y.expires_at
      from staged_sessions y
      where y.n between ${range.from} and ${range.to} and i.session_id = y.session_id and i.source = ${range.source}
        and i.state = 'waiting' and i.jti <> y.jti
        and exists (select from sessions x where x.id = i.session_id and x.user_id = i.user_id and x.generation = 0)
      returning i.session_id, i.user_id, y.created_at, y.expires_at
    )
    update sessions x set last_seen_at = rotated.created_at, idle_expires_at = rotated.expires_at
    from rotated where x.id = rotated.session_id and x.user_id = rotated.user_id and x.generation = 0`)
}

/** Notes the sessions that wait for a token of the source and that the source has no more. Returns their number. */
export async function findGoneSessions(db: Database, source: string): Promise<number> {
  const { count } = await db.execute(sql`
    insert into staged_ends (session_id, user_id)
    select i.session_id, i.user_id from imported_sessions i
    where i.source = ${source} and i.state = 'waiting'
      and not exists (select from staged_sessions y where y.session_id = i.session_id)
      and exists (select from sessions x where x.id = i.session_id and x.user_id = i.user_id and x.generation = 0)
    order by i.user_id`)
  return count
}

/** Ends a range of the sessions that {@link findGoneSessions} noted, unless an old token came for one meanwhile. */
export async function endGoneSessions(tx: Database, { from, to }: Range): Promise<number> {
  await tx.execute(sql`
    select u.id from users u where u.id in (select user_id from staged_ends where n between ${from} and ${to})
    order by u.id for no key update`)
  const { count } = await tx.execute(sql`
    delete from sessions x using staged_ends e
    where e.n between ${from} and ${to} and x.id = e.session_id and x.user_id = e.user_id and x.generation = 0`)
  return count
}
