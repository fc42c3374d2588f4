import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import { IS_AS_IMPORTED } from './gone.ts'
import type { JudgedUser } from './judge.ts'

/** Nobody has signed in as the user, and no session of it has gone on here. Failed sign-ins change nothing. */
const IS_UNUSED = sql`not exists (
    select from sessions x where x.user_id = u.id and (x.generation > 0 or not exists (
      select from imported_sessions i where i.session_id = x.id and i.state = 'waiting')))
  and not exists (select from audit_events e where e.user_id = u.id and e.kind not in ('login_failed', 'throttled'))
  and not exists (select from passkeys p where p.user_id = u.id)
  and not exists (select from totp_factors t where t.user_id = u.id and (t.id <> u.id or t.last_used_at is not null))
  and not exists (select from recovery_codes r where r.user_id = u.id and r.used_at is not null)`

/**
 * Deletes a page of the users of a source that are untouched here, with what is known of them. Others stay, and so does
 * what is known of them.
 *
 * @returns how many were looked at and deleted, the last key, and those that stay
 */
export async function undoPage(
  tx: Database,
  { source, after, limit }: { source: string; after: string; limit: number },
): Promise<{ examined: number; last: string; deleted: UserId[]; kept: JudgedUser[] }> {
  const page = await tx.execute<{ old_id: string }>(sql`
    select old_id from imported_users where source = ${source} and old_id > ${after}
    order by old_id limit ${limit}`)
  const last = page.at(-1)?.old_id
  if (last === undefined) return { examined: 0, last: after, deleted: [], kept: [] }
  const isOfPage = sql`k.source = ${source} and k.old_id > ${after} and k.old_id <= ${last}`
  await tx.execute(sql`
    select u.id from users u where u.id in (select k.user_id from imported_users k where ${isOfPage})
    order by u.id for no key update`)
  await undoOthers(tx, isOfPage)
  const deleted = await tx.execute<{ id: UserId }>(sql`
    with gone as (
      delete from users u using imported_users k
      where ${isOfPage} and k.state in ('account', 'gone') and u.id = k.user_id and ${IS_AS_IMPORTED} and ${IS_UNUSED}
      returning u.id
    ), forgotten as (
      delete from imported_users k using gone where ${isOfPage} and k.user_id = gone.id
    ), ended as (
      delete from imported_sessions i using gone, sessions x
      where x.user_id = gone.id and i.session_id = x.id and i.source = ${source}
    )
    select id from gone`)
  const ids = deleted.map(({ id }) => id)
  return { examined: page.length, last, deleted: ids, kept: await listKept(tx, isOfPage) }
}

/**
 * Deletes what is known of the sessions of users of whom nothing is known any more: those that had ended before their
 * users were deleted. No index leads from a user to them, so it is done once.
 */
export async function forgetSessions(db: Database, source: string): Promise<void> {
  await db.execute(sql`
    delete from imported_sessions i where i.source = ${source}
      and not exists (select from imported_users k where k.source = ${source} and k.user_id = i.user_id)`)
}

/** Deletes the sign-ups that wait, and unties the users that were here before. */
async function undoOthers(tx: Database, isOfPage: SQL): Promise<void> {
  await tx.execute(sql`
    delete from pending_registrations p using imported_users k
    where ${isOfPage} and k.state = 'pending' and p.id = k.user_id`)
  await tx.execute(sql`delete from imported_users k where ${isOfPage} and k.state = 'pending'`)
  await tx.execute(sql`
    with untied as (
      update users u set external_id = null from imported_users k
      where ${isOfPage} and k.state = 'adopted' and u.id = k.user_id and u.external_id = k.old_id
      returning u.id, k.source
    ), ended as (
      delete from sessions x using untied, imported_sessions i
      where x.user_id = untied.id and i.session_id = x.id and i.state = 'waiting' and x.generation = 0
    ), forgotten as (
      delete from imported_sessions i using untied, sessions x
      where x.user_id = untied.id and i.session_id = x.id and i.source = untied.source
    )
    delete from imported_users k using untied where k.source = untied.source and k.user_id = untied.id`)
}

async function listKept(tx: Database, isOfPage: SQL): Promise<JudgedUser[]> {
  const rows = await tx.execute<{ old_id: string; email: string }>(sql`
    select k.old_id, u.email from imported_users k join users u on u.id = k.user_id
    where ${isOfPage} order by k.old_id`)
  return rows.map(({ old_id: oldId, email }) => ({ word: 'kept', oldId, email, with: null }))
}
