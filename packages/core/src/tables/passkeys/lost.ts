import { sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'

/** What the settings of this start take from users. */
export interface LostFactors {
  /** Passkeys of another RP ID, which no browser offers here. */
  foreignPasskeys: number
  /** Users whose second factor is on, and who have neither a confirmed app nor a passkey that works. */
  users: number
}

/**
 * Counts the passkeys and the users that the settings leave without a use.
 *
 * A user whose second factor is on has an app or a passkey, so the passkeys name every such user without an app.
 *
 * @param rpId - the domain whose passkeys work; null while passkeys are disabled
 */
export async function countLostFactors(db: Database, rpId: string | null): Promise<LostFactors> {
  const [row] = await db.execute<{ [Name in keyof LostFactors]: number }>(sql`select
    (select count(*)::int from passkeys where rp_id <> ${rpId}::text) as "foreignPasskeys",
    (select count(*)::int
      from (select user_id from passkeys group by user_id having bool_and(rp_id is distinct from ${rpId}::text)) lost
      join users on users.id = lost.user_id and second_factor
      where not exists (select from totp_factors where user_id = users.id and confirmed_at is not null)) as users`)
  return row ?? { foreignPasskeys: 0, users: 0 }
}
