import { type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { digestRow } from './digests.ts'
import type { JudgedUser } from './judge.ts'
import { insertFactors, type Range } from './merge-known.ts'
import { retireAddresses } from './retire-addresses.ts'

/** What a range of new users has come to. */
export interface NewUsers {
  /** Users that could not be stored, because their address was taken while the import ran. */
  late: JudgedUser[]
  stored: number
}

/** The columns of `imported_users` in the order in which they are inserted. */
const NOTE = sql`imported_users (source, old_id, user_id, row_hash, imported_hash, state)`

/** Stores the users of a range that are not known from an earlier run. A range that was stored before stores nothing. */
export async function mergeNew(
  tx: Database,
  clock: Clock,
  range: Range,
  { pendingSeconds }: { pendingSeconds: number },
): Promise<NewUsers> {
  const stored = await insertAccounts(tx, clock, range)
  await insertFactors(
    tx,
    clock,
    sql`select c.user_id, s.secret_jwe, s.code_hashes from staged_changes c join staged_users s using (n)`,
  )
  await insertConnections(tx, clock)
  await retireAddresses(tx, sql`select s.email from staged_changes c join staged_users s using (n)`)
  const waiting = await insertPendings(tx, clock, range, pendingSeconds)
  const adopted = await adopt(tx, clock, range)
  return { stored: stored + waiting + adopted, late: await listLate(tx, range) }
}

/**
 * As `is true` it is a look-up in a hash, whatever PostgreSQL expects. It expects one new user once it has counted those
 * that the import has stored, and would join each row of a range with each other one.
 */
const isStored = sql`(fresh.user_id in (select id from stored)) is true`

/**
 * Stores the accounts at providers of the users that were just stored. A later run brings none: a user who disconnected one
 * here would get it back.
 */
async function insertConnections(tx: Database, clock: Clock): Promise<void> {
  await tx.execute(sql`
    insert into connections (id, user_id, provider, uid, created_at, last_login)
    select gen_random_uuid(), c.user_id, x.provider, x.uid, coalesce(x.created_at, ${clock.now()}),
      coalesce(x.last_login, x.created_at, ${clock.now()})
    from staged_changes c join staged_users s using (n),
      json_to_recordset(s.connections) as x(provider text, uid text, created_at timestamptz, last_login timestamptz)
    order by c.user_id on conflict do nothing`)
}

/** A sign-up of this import whose address the source has proven meanwhile becomes a user too. */
async function insertAccounts(tx: Database, clock: Clock, { source, from, to }: Range): Promise<number> {
  await tx.execute(sql`
    delete from pending_registrations p using staged_users s, imported_users k
    where s.n between ${from} and ${to} and s.verdict = 'account' and k.source = ${source} and k.old_id = s.old_id
      and k.state = 'pending' and p.id = k.user_id`)
  const { count } = await tx.execute(storeAccounts(clock, { source, from, to }))
  return count
}

/** Makes the statement that stores the new users of a range, and notes them. */
export function storeAccounts(clock: Clock, { source, from, to }: Range): SQL {
  return sql`
    with fresh as materialized (
      select s.* from staged_users s left join imported_users k on k.source = ${source} and k.old_id = s.old_id
      where s.n between ${from} and ${to} and s.verdict = 'account' and (k.old_id is null or k.state = 'pending')
    ), stored as (
      insert into users (id, email, external_id, password_hash, password_form, first_name, last_name, language, role,
        is_active, email_verified, second_factor, created_at, updated_at)
      select user_id, email, external_id, password_hash, password_form, first_name, last_name, language, role,
        is_active, email_verified, secret_jwe is not null, coalesce(created_at, ${clock.now()}), ${clock.now()}
      from fresh order by user_id on conflict do nothing returning id
    ), noted as (
      insert into ${NOTE}
      select ${source}, fresh.old_id, fresh.user_id, fresh.row_hash, ${digestRow(sql`fresh.old_id`, 'fresh')}, 'account'
      from fresh where ${isStored}
      on conflict (source, old_id) do update set user_id = excluded.user_id, row_hash = excluded.row_hash,
        imported_hash = excluded.imported_hash, state = excluded.state
    )
    insert into staged_changes (n, user_id)
    select fresh.n, fresh.user_id from fresh where ${isStored}`
}

/** The id of a sign-up is that which its user will have. A link to its former address proves nothing of the new one. */
async function insertPendings(
  tx: Database,
  clock: Clock,
  { source, from, to }: Range,
  lifetimeSeconds: number,
): Promise<number> {
  await tx.execute(sql`
    with changed as (
      update imported_users k set row_hash = s.row_hash
      from staged_users s
      where s.n between ${from} and ${to} and s.verdict = 'pending' and k.source = ${source} and k.old_id = s.old_id
        and k.state = 'pending' and k.row_hash <> s.row_hash
      returning k.user_id, s.email, s.password_hash, s.password_form, s.first_name, s.last_name, s.language
    ), dead as (
      delete from capabilities l using changed c, pending_registrations p
      where p.id = c.user_id and l.registration_id = p.id and p.email <> c.email
    )
    update pending_registrations p set email = c.email, password_hash = c.password_hash,
      password_form = c.password_form, first_name = c.first_name, last_name = c.last_name, language = c.language
    from changed c where p.id = c.user_id and not p.is_shadow`)
  const { count } = await tx.execute(sql`
    with fresh as materialized (
      select s.* from staged_users s
      where s.n between ${from} and ${to} and s.verdict = 'pending' and not exists (
        select from imported_users k where k.source = ${source} and k.old_id = s.old_id)
    ), stored as (
      insert into pending_registrations (id, email, password_hash, password_form, external_id, first_name, last_name,
        language, created_at, expires_at)
      select user_id, email, password_hash, password_form, old_id, first_name, last_name, language, ${clock.now()},
        ${clock.after(lifetimeSeconds)}
      from fresh on conflict do nothing
    )
    insert into ${NOTE}
    select ${source}, old_id, user_id, row_hash, ${digestRow(sql`fresh.old_id`, 'fresh')}, 'pending'
    from fresh on conflict do nothing`)
  return count
}

/** Ties users of the source to those that have the same proven address here. */
async function adopt(tx: Database, clock: Clock, { source, from, to }: Range): Promise<number> {
  const { count } = await tx.execute(sql`
    with adopted as (
      update users u set external_id = s.old_id, updated_at = ${clock.now()}
      from staged_users s
      where s.n between ${from} and ${to} and s.verdict = 'adopt' and u.id = s.other::uuid and u.email = s.email
        and u.external_id is null
      returning u.id, s.n
    )
    insert into ${NOTE}
    select ${source}, s.old_id, a.id, s.row_hash, ${digestRow(sql`s.old_id`, 's')}, 'adopted'
    from adopted a join staged_users s using (n) on conflict do nothing`)
  return count
}

async function listLate(tx: Database, { source, from, to }: Range): Promise<JudgedUser[]> {
  const rows = await tx.execute<{ old_id: string; email: string }>(sql`
    select s.old_id, s.email from staged_users s
    where s.n between ${from} and ${to} and s.verdict in ('account', 'adopt') and not exists (
      select from imported_users k where k.source = ${source} and k.old_id = s.old_id and k.state <> 'pending')`)
  return rows.map(({ old_id: oldId, email }) => ({ word: 'taken_here', oldId, email, with: null }))
}
