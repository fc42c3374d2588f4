import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'

/** A user of the source about whom something was decided. */
export interface JudgedUser {
  word: string
  oldId: string
  email: string
  /** The key at the source, or the id here, of the user it is about. */
  with: string | null
}

/**
 * The order in which one of several users with one address wins: the one that was moved in before and has proven the address
 * here, then one who has proven it at the source, then the one that was moved in before.
 */
const WINNER = sql`
  coalesce(k.state in ('account', 'adopted') and h.email_verified, false) desc, s.email_verified desc,
  coalesce(k.state in ('account', 'pending', 'adopted'), false) desc, s.is_active desc,
  exists (select from staged_sessions x where x.old_user_id = s.old_id) desc, s.last_login desc nulls last,
  length(s.old_id), s.old_id collate "C"`

/** The key came before in this source. The first row counts. */
export async function judgeDuplicateIds(db: Database): Promise<void> {
  await db.execute(sql`
    update staged_users s set verdict = 'duplicate_id'
    from (select old_id, min(n) as first from staged_users group by old_id having count(*) > 1) d
    where s.old_id = d.old_id and s.n > d.first`)
}

/** Of several users with one address, one is moved in. */
export async function judgeDuplicates(db: Database, source: string): Promise<void> {
  await db.execute(sql`
    with shared as (
      select email from staged_users where verdict in ('account', 'pending') group by email having count(*) > 1
    ), ranked as (
      select s.n, row_number() over w as place, first_value(s.old_id) over w as winner
      from staged_users s join shared using (email)
        left join imported_users k on k.source = ${source} and k.old_id = s.old_id
        left join users h on h.id = k.user_id
      where s.verdict in ('account', 'pending')
      window w as (partition by s.email order by ${WINNER})
    )
    update staged_users s set verdict = 'duplicate_address', other = ranked.winner
    from ranked where ranked.n = s.n and ranked.place > 1`)
}

/**
 * The address is that of another user here. With `adopt` the two become one when both have proven the address. A user
 * whose address changes in this very import frees it.
 */
export async function judgeTaken(
  db: Database,
  { source, adopt }: { source: string; adopt: boolean },
): Promise<void> {
  await db.execute(sql`
    update staged_users s set other = u.id::text, verdict = case
      when ${adopt} and u.email_verified and not u.owner_unproven and s.email_verified
        and u.external_id is null
        and not exists (select from imported_users o where o.source = ${source} and o.old_id = u.id::text) then 'adopt'
      else 'taken_here' end
    from users u
    where u.email = s.email and s.verdict in ('account', 'pending') and s.unproven is null
      and ${isUnknown(source)} and u.id <> s.user_id
      and not exists (
        select from staged_users m join imported_users k on k.source = ${source} and k.old_id = m.old_id
        where m.old_id = coalesce(u.external_id, u.id::text) and k.user_id = u.id and m.email <> s.email)`)
}

/** Another user here has the id that this one gets, or the id that other services would know it by. */
export async function judgeTakenIds(db: Database, source: string): Promise<void> {
  for (const taken of [sql`u.id = s.user_id`, sql`u.external_id = s.external_id and u.id <> s.user_id`]) {
    await db.execute(sql`
      update staged_users s set other = u.id::text, verdict = 'id_taken'
      from users u
      where ${taken} and s.verdict in ('account', 'pending', 'adopt') and ${isUnknown(source)}`)
  }
}

/**
 * Lists the users about whom something was decided, in pages by their place. The word is `unproven` for those whose address a
 * user here has who never proved it, and otherwise the verdict.
 */
export async function listJudged(db: Database, after: number, limit: number) {
  const rows = await db.execute<{
    n: number
    word: string
    old_id: string
    email: string
    other: string | null
  }>(sql`
    select n, case when unproven is null or verdict = 'id_taken' then verdict else 'unproven' end as word, old_id, email,
      coalesce(other, unproven::text) as other
    from staged_users
    where (verdict in ('duplicate_id', 'duplicate_address', 'taken_here', 'id_taken', 'adopt') or unproven is not null)
      and n > ${after}
    order by n limit ${limit}`)
  return rows.map(({ n, word, old_id, email, other }) => ({ n, word, oldId: old_id, email, with: other }))
}

/** Counts the staged users that will move in by a column, such as `verdict`. */
export async function countStaged(
  db: Database,
  by: 'verdict' | 'role' | 'is_active' | 'email_verified' | 'work',
) {
  const rows = await db.execute<{ value: string; count: number }>(sql`
    select ${sql.raw(by)}::text as value, count(*)::int as count from staged_users
    where ${sql.raw(by)} is not null and verdict in ('account', 'pending')
    group by 1 order by 1`)
  return Object.fromEntries(rows.map(({ value, count }) => [value, count]))
}

/** The largest key of the staged users and of those known from before, as a number; null when there is none. */
export async function findLargestKey(db: Database, source: string): Promise<string | null> {
  const [row] = await db.execute<{ largest: string | null }>(sql`
    select max(old_id::numeric)::text as largest from (
      select old_id from staged_users union all select old_id from imported_users where source = ${source}) keys
    where old_id ~ '^[0-9]{1,18}$'`)
  return row?.largest ?? null
}

function isUnknown(source: string): SQL {
  return sql`not exists (
    select from imported_users k where k.source = ${source} and k.old_id = s.old_id)`
}
