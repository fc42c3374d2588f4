import { sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import { EXTERNAL_IDS } from '../../database/rights.ts'

const SEQUENCE = sql.identifier(EXTERNAL_IDS)

/** The next id that other services know a user by; null where they know users by `users.id`. */
export const NEXT_EXTERNAL_ID = sql<
  string | null
>`nextval(to_regclass(${sql.raw(`'${EXTERNAL_IDS}'`)}))::text`

/**
 * Gives each user who is stored from now on a number by which other services know the user. An import calls this when it
 * has moved in users whose keys are numbers, because those services can store nothing else.
 *
 * A later call moves the numbers forward and never back. Each role that may store users may take a number.
 *
 * @param first - the least number to be given, from 1 to 2^63 - 1: a margin above the largest key of the source
 */
export async function startExternalIds(tx: Database, first: bigint): Promise<void> {
  await tx.execute(sql`create sequence if not exists ${SEQUENCE} as bigint`)
  // It changes nothing, and nobody takes a number until the end of the transaction.
  await tx.execute(sql`alter sequence ${SEQUENCE} no cycle`)
  await tx.execute(sql`
    select setval(${EXTERNAL_IDS}, greatest(${first.toString()}::bigint, last_value + is_called::int), false)
    from ${SEQUENCE}`)
  await grantToThoseWhoStoreUsers(tx)
}

async function grantToThoseWhoStoreUsers(tx: Database): Promise<void> {
  const [granting] = await tx.execute<{ roles: string | null }>(sql`
    select string_agg(distinct case when grantee = 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end, ', ')
      as roles
    from pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner)))
    where oid = to_regclass('users') and privilege_type = 'INSERT'`)
  if (granting?.roles)
    await tx.execute(sql`grant usage on sequence ${SEQUENCE} to ${sql.raw(granting.roles)}`)
}
