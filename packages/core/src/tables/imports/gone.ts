import { type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { digestOf, importedDigest, KEPT_COLUMNS } from './digests.ts'
import type { JudgedUser } from './judge.ts'

/** No column of the user has another value than the imported one. */
export const IS_AS_IMPORTED: SQL = sql.join(
  KEPT_COLUMNS.map(
    (column) => sql`${digestOf(sql`k.old_id`, 'u', column)} = ${importedDigest('k.imported_hash', column)}`,
  ),
  sql` and `,
)

/**
 * Deactivates the users that the source has no more, if nothing of them was changed here. They are never deleted: a user
 * who comes back at the source is active again after the next run.
 *
 * @param after - the last key of the call before; an empty text for none
 * @returns a page of the users that are gone, deactivated or not
 */
export async function deactivateGone(
  tx: Database,
  clock: Clock,
  { source, after, limit }: { source: string; after: string; limit: number },
): Promise<JudgedUser[]> {
  const rows = await tx.execute<{
    old_id: string
    email: string | null
    state: string
    untouched: boolean | null
  }>(sql`
    select k.old_id, u.email, k.state, (${IS_AS_IMPORTED}) as untouched
    from imported_users k left join users u on u.id = k.user_id
    where k.source = ${source} and k.old_id > ${after} and k.state in ('account', 'pending')
      and not exists (select from staged_users s where s.old_id = k.old_id)
    order by k.old_id limit ${limit}`)
  const ids = rows.map(({ old_id }) => old_id)
  if (ids.length === 0) return []
  await end(
    tx,
    clock,
    source,
    sql`k.old_id in (${sql.join(
      ids.map((id) => sql`${id}`),
      sql`, `,
    )})`,
  )
  return rows.map(({ old_id: oldId, email, state, untouched }) => ({
    word: state === 'pending' || untouched ? 'gone' : 'gone_and_kept',
    oldId,
    email: email ?? '',
    with: null,
  }))
}

async function end(tx: Database, clock: Clock, source: string, isGone: SQL): Promise<void> {
  const known = sql`k.source = ${source} and ${isGone}`
  await tx.execute(sql`
    select u.id from users u where u.id in (select k.user_id from imported_users k where ${known} and k.state = 'account')
    order by u.id for no key update`)
  await tx.execute(sql`
    delete from pending_registrations p using imported_users k
    where ${known} and k.state = 'pending' and p.id = k.user_id and not p.is_shadow`)
  await tx.execute(sql`
    with ended as (
      update users u set is_active = false, session_epoch = u.session_epoch + 1, updated_at = ${clock.now()}
      from imported_users k
      where ${known} and k.state = 'account' and u.id = k.user_id and u.is_active and ${IS_AS_IMPORTED}
      returning u.id
    ), closed as (delete from sessions x using ended where x.user_id = ended.id)
    update imported_users k set state = 'gone', row_hash = '',
      imported_hash = overlay(k.imported_hash placing ${digestOf(sql`k.old_id`, 'v', 'is_active')}
        from ${sql.raw(String(1 + KEPT_COLUMNS.indexOf('is_active') * 8))} for 8)
    from ended, (select false as is_active) v where ${known} and k.user_id = ended.id`)
  await tx.execute(sql`
    delete from imported_users k where ${known} and k.state = 'pending'
      and not exists (select from pending_registrations p where p.id = k.user_id)`)
}

/** Counts the users that were moved in before, and those of them that the source has no more. */
export async function countGone(db: Database, source: string): Promise<{ known: number; gone: number }> {
  const [row] = await db.execute<{ known: number; gone: number }>(sql`
    select count(*)::int as known, count(*) filter (where s.old_id is null)::int as gone
    from imported_users k left join staged_users s on s.old_id = k.old_id
    where k.source = ${source} and k.state in ('account', 'pending')`)
  return row ?? { known: 0, gone: 0 }
}
