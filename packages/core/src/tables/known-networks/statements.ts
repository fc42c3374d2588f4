import { and, eq, gt, inArray, lte, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import { DAY_SECONDS } from '../../words/time.ts'
import { later, type Purge } from '../purge.ts'
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

/** Networks go when they are not known any more. */
export const KNOWN_NETWORK_PURGE: Purge = {
  table: knownNetworks,
  // Users sign in in any order, so along the primary key each row would be in another page.
  key: [knownNetworks.seenAt, knownNetworks.userId, knownNetworks.network],
  dueAt: () => later(knownNetworks.seenAt, KNOWN_NETWORK_SECONDS),
  until: (clock) => lte(knownNetworks.seenAt, clock.after(-KNOWN_NETWORK_SECONDS)),
}
