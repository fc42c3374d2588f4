import { and, eq, gt, inArray, lte, type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { DAY_SECONDS } from '../../words/time.ts'
import { users } from '../users/schema.ts'
import { knownNetworks } from './schema.ts'

/** A network stays known this long after the last sign-in from it. */
export const KNOWN_NETWORK_SECONDS = 30 * DAY_SECONDS

/** Answers whether the user with an address signed in from a network in the last 30 days; false without such a user. */
export async function hasKnownNetwork(
  db: Database,
  clock: Clock,
  looked: { email: string; networks: string[] },
): Promise<boolean> {
  const found = await db
    .select({ known: sql`1` })
    .from(knownNetworks)
    .innerJoin(users, eq(users.id, knownNetworks.userId))
    .where(
      and(
        eq(users.email, looked.email),
        inArray(knownNetworks.network, looked.networks),
        gt(knownNetworks.seenAt, clock.after(-KNOWN_NETWORK_SECONDS)),
      ),
    )
  return found.length > 0
}

/** Deletes the networks whose last sign-in was before a time. */
export async function purgeKnownNetworks(db: Database, before: SQL): Promise<void> {
  await db.delete(knownNetworks).where(lte(knownNetworks.seenAt, before))
}
