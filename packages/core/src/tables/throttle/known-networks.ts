import { and, eq, gt, lt, lte, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { findNetwork } from '../../words/network.ts'
import { DAY_SECONDS } from '../../words/time.ts'
import { users } from '../users/schema.ts'
import { knownNetworks, throttleCounters } from './schema.ts'

/** A network counts as known this long after the last sign-in from it. */
export const KNOWN_NETWORK_SECONDS = 30 * DAY_SECONDS

/** The hidden name of the network the caller is in, or null when nobody knows where that is. */
export function describeNetwork(ctx: Context): string | null {
  const network = findNetwork(ctx.client.ip)
  return network && ctx.throttle.hide(`network ${network}`)
}

/** Answers whether somebody signed in to the account of an address from the caller's network lately. */
export async function isKnownNetwork(ctx: Context, email: string): Promise<boolean> {
  const network = describeNetwork(ctx)
  if (network === null) return false
  const found = await ctx.db
    .select({ known: sql`1` })
    .from(knownNetworks)
    .innerJoin(users, eq(users.id, knownNetworks.userId))
    .where(
      and(
        eq(users.email, email),
        eq(knownNetworks.network, network),
        gt(knownNetworks.seenAt, ctx.clock.after(-KNOWN_NETWORK_SECONDS)),
      ),
    )
  return found.length > 0
}

/** Removes networks last signed in from before a moment. */
export async function purgeKnownNetworks(db: Database, before: SQL): Promise<void> {
  await db.delete(knownNetworks).where(lte(knownNetworks.seenAt, before))
}

/** Removes counters whose window has ended. */
export async function purgeThrottleCounters(db: Database): Promise<void> {
  await db.delete(throttleCounters).where(lt(throttleCounters.expire, Date.now()))
}
