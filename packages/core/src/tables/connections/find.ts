import { and, asc, count, eq, inArray } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import { connections } from './schema.ts'

/** An account at a provider that signs a user in. */
export type Connection = typeof connections.$inferSelect

/** The forms in which rows may have a subject, the present one first. */
export function listSubjects(uid: string, formerUid: string | null | undefined): string[] {
  return formerUid ? [uid, formerUid] : [uid]
}

/**
 * Finds the connection of a subject, whoever has it.
 *
 * @param named.uids - the subject, and the form that rows of another deployment have; the first one that is there counts
 */
export async function findConnection(
  db: Database,
  named: { provider: string; uids: string[] },
): Promise<Connection | null> {
  const { provider, uids } = named
  const rows = await db
    .select()
    .from(connections)
    .where(and(eq(connections.provider, provider), inArray(connections.uid, uids)))
  return uids.flatMap((uid) => rows.find((row) => row.uid === uid) ?? []).at(0) ?? null
}

/** Lists the connections of a user, the oldest first. */
export async function listConnectionsOfUser(db: Database, userId: UserId): Promise<Connection[]> {
  return db
    .select()
    .from(connections)
    .where(eq(connections.userId, userId))
    .orderBy(asc(connections.createdAt), asc(connections.id))
}

/** Counts the connections of a user. In a transaction that holds the user's row the number does not change. */
export async function countConnections(db: Database, userId: UserId): Promise<number> {
  const [row] = await db.select({ count: count() }).from(connections).where(eq(connections.userId, userId))
  return row?.count ?? 0
}

/** Answers whether a user has an account of a provider. */
export async function hasConnectionOfProvider(
  db: Database,
  owner: { userId: UserId; provider: string },
): Promise<boolean> {
  const found = await db
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.userId, owner.userId), eq(connections.provider, owner.provider)))
    .limit(1)
  return found.length > 0
}
