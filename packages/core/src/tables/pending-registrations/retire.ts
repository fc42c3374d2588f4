import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import { spoilHash } from '../../words/foreign-hashes/spoil-hash.ts'
import { capabilities } from '../capabilities/schema.ts'
import { lockPendings } from '../locks.ts'
import { pendingRegistrations } from './schema.ts'

/** A shadow needs no names, no language and no origin. */
export const NAMELESS = {
  firstName: '',
  lastName: '',
  language: null,
  browser: null,
  os: null,
  network: null,
}

/**
 * Turns the sign-ups of an address into shadows, because a user gets it or leaves it. Their links die, and their names
 * and origin are deleted.
 *
 * The rows are locked by a statement of their own. The two changes then see the links of a resend for which the lock
 * waited.
 *
 * @param address.confirmedHash - the password hash of the sign-up that became the user. It is removed: from now on only
 *   the user has this password
 */
export async function retirePendings(
  tx: Database,
  address: { email: string; confirmedHash?: string },
): Promise<void> {
  const { email, confirmedHash } = address
  const { passwordHash } = pendingRegistrations
  await lockPendings(tx, email)
  await tx
    .update(pendingRegistrations)
    .set({
      isShadow: true,
      ...NAMELESS,
      ...(confirmedHash !== undefined && {
        passwordHash: sql`case when ${passwordHash} = ${confirmedHash}
          then ${spoilHash(confirmedHash)} else ${passwordHash} end`,
      }),
    })
    .where(and(eq(pendingRegistrations.email, email), eq(pendingRegistrations.isShadow, false)))
  await tx
    .delete(capabilities)
    .where(
      inArray(
        capabilities.registrationId,
        tx
          .select({ id: pendingRegistrations.id })
          .from(pendingRegistrations)
          .where(eq(pendingRegistrations.email, email)),
      ),
    )
}

/** Replaces the address of the shadows of an address by its keyed hash, for the erasure of its user. */
export async function hideShadows(tx: Database, address: { email: string; hidden: string }): Promise<void> {
  await tx
    .update(pendingRegistrations)
    .set({ email: address.hidden })
    .where(and(eq(pendingRegistrations.email, address.email), eq(pendingRegistrations.isShadow, true)))
}
