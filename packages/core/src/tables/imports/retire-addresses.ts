import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'

/**
 * Turns the sign-ups of addresses into shadows, because users get the addresses. It does for many addresses what
 * `retirePendings` does for one.
 *
 * @param emails - a statement that selects addresses
 */
export async function retireAddresses(tx: Database, emails: SQL): Promise<void> {
  const locked = await tx.execute(sql`
    select id from pending_registrations where email in (${emails}) order by created_at desc, id desc for update`)
  if (locked.length === 0) return
  await tx.execute(sql`
    update pending_registrations
    set is_shadow = true, first_name = '', last_name = '', language = null, browser = null, os = null, network = null
    where email in (${emails}) and not is_shadow`)
  await tx.execute(sql`
    delete from capabilities where registration_id in (
      select id from pending_registrations where email in (${emails}))`)
}
