import { sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'

/** A start examines so many passkeys, however many there are. */
const EXAMINED = 10_000

/** What the settings of this start take from users, as far as it was examined. */
export interface LostFactors {
  /** Passkeys of another RP ID, which no browser offers here. */
  foreignPasskeys: number
  /** Users whose second factor is on, and who have neither a confirmed app nor a passkey that works. */
  users: number
}

/**
 * Counts the passkeys and the users that the settings leave without a use, among the oldest 10,000 passkeys.
 *
 * The passkeys of a former domain are older than those of the present one, so the oldest ones tell of a change. A user
 * whose second factor is on has an app or a passkey, so the passkeys name every such user without an app.
 *
 * @param rpId - the domain whose passkeys work; null while passkeys are disabled
 */
export async function countLostFactors(db: Database, rpId: string | null): Promise<LostFactors> {
  // Each question about a user is a value and no join, so that it is asked by the key, for the users that are named.
  const [row] = await db.execute<{ [Name in keyof LostFactors]: number }>(sql`
    with examined as materialized (
      select user_id, rp_id from passkeys order by id limit ${EXAMINED}
    ), named as (
      select distinct user_id from examined where rp_id is distinct from ${rpId}::text
    )
    select (select count(*)::int from examined where rp_id <> ${rpId}::text) as "foreignPasskeys",
      (select count(*)::int from named
        where (select second_factor from users where id = named.user_id)
        and (select count(*) from passkeys where user_id = named.user_id and rp_id = ${rpId}::text) = 0
        and (select confirmed_at from totp_factors where user_id = named.user_id) is null) as users`)
  return row ?? { foreignPasskeys: 0, users: 0 }
}
