import { type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import {
  differsFromImport,
  digestOf,
  importedDigest,
  importedFactors,
  KEPT_COLUMNS,
  type KeptColumn,
  NO_FACTORS,
} from './digests.ts'
import type { JudgedUser } from './judge.ts'
import { retireAddresses } from './retire-addresses.ts'

/** The staged rows of one transaction: both ends are included. */
export interface Range {
  source: string
  from: number
  to: number
}

/** A change of these voids every earlier check of the user. */
const OF_SECURITY = ['email', 'email_verified', 'role', 'is_active', 'password_hash', 'factors']

const FROM_KNOWN = sql`
  staged_users s join imported_users k on k.old_id = s.old_id join users u on u.id = k.user_id`

function isChanged({ source, from, to }: Range): SQL {
  return sql`s.n between ${from} and ${to} and k.source = ${source} and s.verdict in ('account', 'pending')
    and k.state in ('account', 'gone') and k.row_hash <> s.row_hash`
}

/**
 * Brings the users that were moved in before up to date: each column whose value here is still the imported one. A column
 * that was changed here stays.
 *
 * @returns how many users changed, and what stayed although it changed at the source too
 */
export async function mergeKnown(
  tx: Database,
  clock: Clock,
  range: Range,
  { withFactors }: { withFactors: boolean },
): Promise<{ changed: number; kept: JudgedUser[] }> {
  const locked = await tx.execute(sql`
    select u.id from ${FROM_KNOWN} where ${isChanged(range)} order by u.id for no key update of u`)
  if (locked.length === 0) return { changed: 0, kept: [] }
  await noteChanges(tx, range, withFactors)
  await endSessions(tx, range)
  const changed = await changeUsers(tx, clock)
  await changeFactors(tx, clock)
  await noteImported(tx, range.source)
  return { changed, kept: await listKept(tx) }
}

function differsThere(column: KeptColumn): SQL {
  return sql`${digestOf(sql`k.old_id`, 's', column)} <> ${importedDigest('k.imported_hash', column)}`
}

/** A sign-in with the right password makes another hash of it. The form stays then, so the password is the imported one. */
function differsHere(column: KeptColumn): SQL {
  const differs = differsFromImport(column)
  return column === 'password_hash'
    ? sql`(${differs} and (u.password_form = 0 or u.password_form <> s.password_form))`
    : differs
}

const ADDRESS_IS_TAKEN = sql`exists (select from users o where o.email = s.email and o.id <> u.id)`

/** The factors here are the imported ones, and no code of them was used; or there are none here and were none. */
const FACTORS_ARE_UNTOUCHED = sql`case when ${importedFactors('k.imported_hash')} = ${NO_FACTORS}
  then not u.second_factor and not exists (
    select from totp_factors t where t.user_id = u.id and t.confirmed_at is not null)
  else exists (select from totp_factors t where t.user_id = u.id and t.id = u.id and t.last_used_at is null)
    and not exists (select from recovery_codes r where r.user_id = u.id and r.used_at is not null) end`

async function noteChanges(tx: Database, range: Range, withFactors: boolean): Promise<void> {
  // A secret is sealed for the id that follows from the key. A user with another id cannot open it.
  const factorsDiffer = sql`(${withFactors} and s.user_id = k.user_id and s.factor_digest <> ${importedFactors('k.imported_hash')})`
  const made = KEPT_COLUMNS.map((column) => {
    const isFree = column === 'email' ? sql`and not ${ADDRESS_IS_TAKEN}` : sql``
    return sql`case when ${differsThere(column)} and not ${differsHere(column)} ${isFree} then ${column} end`
  })
  const kept = KEPT_COLUMNS.map((column) => {
    const same = sql.raw(`s.${column} is not distinct from u.${column}`)
    return sql`case when ${differsThere(column)} and ${differsHere(column)} and not ${same} then ${column} end`
  })
  await tx.execute(sql`
    insert into staged_changes (n, user_id, made, kept)
    select s.n, u.id,
      array_remove(array[${sql.join(made, sql`, `)}, case when ${factorsDiffer} and ${FACTORS_ARE_UNTOUCHED}
        then 'factors' end]::text[], null),
      array_remove(array[${sql.join(kept, sql`, `)}, case when ${differsThere('email')} and ${ADDRESS_IS_TAKEN}
        then 'taken' end, case when ${factorsDiffer} and not ${FACTORS_ARE_UNTOUCHED} then 'factors' end]::text[], null)
    from ${FROM_KNOWN} where ${isChanged(range)}`)
}

/** A new password ends the sessions that the source has no more, and those that have gone on here. */
async function endSessions(tx: Database, { source }: Range): Promise<void> {
  await tx.execute(sql`
    delete from sessions x using staged_changes c join staged_users s using (n)
    where x.user_id = c.user_id and (
      ('is_active' = any(c.made) and not s.is_active)
      or ('password_hash' = any(c.made) and not (x.generation = 0 and exists (
        select from imported_sessions i join staged_sessions y on y.session_id = i.session_id
        where i.session_id = x.id and i.source = ${source} and i.state = 'waiting'))))`)
  await tx.execute(sql`
    delete from capabilities p using staged_changes c
    where p.user_id = c.user_id and c.made && array['email', 'password_hash', 'is_active']`)
}

async function changeUsers(tx: Database, clock: Clock): Promise<number> {
  const set = KEPT_COLUMNS.map((column) =>
    sql.raw(`${column} = case when '${column}' = any(c.made) then s.${column} else u.${column} end`),
  )
  const security = sql.raw(OF_SECURITY.map((column) => `'${column}'`).join(', '))
  const { count } = await tx.execute(sql`
    update users u set ${sql.join(set, sql`, `)},
      password_form = case when 'password_hash' = any(c.made) then s.password_form else u.password_form end,
      session_epoch = u.session_epoch + (c.made && array[${security}])::int,
      updated_at = ${clock.now()}
    from staged_changes c join staged_users s using (n)
    where u.id = c.user_id and c.made <> '{}'`)
  await retireAddresses(
    tx,
    sql`select s.email from staged_changes c join staged_users s using (n) where 'email' = any(c.made)`,
  )
  return count
}

async function changeFactors(tx: Database, clock: Clock): Promise<void> {
  const changed = sql`staged_changes c join staged_users s using (n)`
  await tx.execute(sql`
    delete from totp_factors t using staged_changes c where t.user_id = c.user_id and 'factors' = any(c.made)`)
  await tx.execute(sql`
    delete from recovery_codes r using staged_changes c where r.user_id = c.user_id and 'factors' = any(c.made)`)
  await insertFactors(
    tx,
    clock,
    sql`select c.user_id, s.secret_jwe, s.code_hashes from ${changed}
    where 'factors' = any(c.made)`,
  )
  await tx.execute(sql`
    update users u set second_factor = s.secret_jwe is not null or exists (
      select from passkeys p where p.user_id = u.id)
    from ${changed} where u.id = c.user_id and 'factors' = any(c.made)`)
}

/**
 * Stores the factors of users. The id of a factor that was moved in is that of its user.
 *
 * @param owners - selects `user_id`, `secret_jwe` and `code_hashes`
 */
export async function insertFactors(tx: Database, clock: Clock, owners: SQL): Promise<void> {
  await tx.execute(sql`
    insert into totp_factors (user_id, id, secret_jwe, confirmed_at)
    select user_id, user_id, secret_jwe, ${clock.now()} from (${owners}) o where secret_jwe is not null`)
  await tx.execute(sql`
    insert into recovery_codes (user_id, code_hash, created_at)
    select distinct user_id, unnest(string_to_array(code_hashes, ' ')), ${clock.now()} from (${owners}) o
    where secret_jwe is not null and code_hashes is not null`)
}

async function noteImported(tx: Database, source: string): Promise<void> {
  const digests = KEPT_COLUMNS.map((column) => {
    const isKept = column === 'email' ? sql`c.kept && array['email', 'taken']` : sql`${column} = any(c.kept)`
    return sql`case when ${isKept} then ${importedDigest('k.imported_hash', column)}
      else ${digestOf(sql`k.old_id`, 's', column)} end`
  })
  await tx.execute(sql`
    update imported_users k set state = 'account',
      row_hash = case when 'taken' = any(c.kept) then k.row_hash else s.row_hash end,
      imported_hash = ${sql.join(digests, sql` || `)} || case when 'factors' = any(c.made) then s.factor_digest
        else ${importedFactors('k.imported_hash')} end
    from staged_changes c join staged_users s using (n)
    where k.source = ${source} and k.old_id = s.old_id`)
}

async function listKept(tx: Database): Promise<JudgedUser[]> {
  const rows = await tx.execute<{
    old_id: string
    email: string
    is_taken: boolean
    kept: string | null
  }>(sql`
    select s.old_id, s.email, 'taken' = any(c.kept) as is_taken,
      nullif(array_to_string(array_remove(c.kept, 'taken'), ', '), '') as kept
    from staged_changes c join staged_users s using (n) where c.kept <> '{}' order by s.n`)
  return rows.flatMap(({ old_id: oldId, email, is_taken, kept }) => [
    ...(kept === null ? [] : [{ word: 'changed_here', oldId, email, with: kept }]),
    ...(is_taken ? [{ word: 'taken_here', oldId, email, with: null }] : []),
  ])
}
