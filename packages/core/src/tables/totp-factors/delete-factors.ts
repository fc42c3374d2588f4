import { sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'

/**
 * Deletes every factor of a user: the authenticator app, the recovery codes, the passkeys, and the count of attempts.
 *
 * The caller has locked the user's row, and turns the second factor off in the same transaction.
 *
 * @returns whether the user had an authenticator app or a passkey
 */
export async function deleteFactors(tx: Database, userId: UserId): Promise<boolean> {
  const rows = await tx.execute(sql`
    with apps as (delete from totp_factors where user_id = ${userId} returning 1),
      keys as (delete from passkeys where user_id = ${userId} returning 1),
      codes as (delete from recovery_codes where user_id = ${userId}),
      attempts as (delete from code_attempts where user_id = ${userId})
    select from apps union all select from keys`)
  return rows.length > 0
}
