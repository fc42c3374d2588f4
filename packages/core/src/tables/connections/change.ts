import { and, eq, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { ConnectionId, UserId } from '../../words/ids.ts'
import type { Connection } from './find.ts'
import { connections } from './schema.ts'

/** A connection of a user, as its owner names it. */
export interface OwnConnection {
  id: ConnectionId
  userId: UserId
}

/**
 * Stores a connection. The caller has locked the user's row, or has stored it in the same transaction.
 *
 * @returns null when any user has the subject
 */
export async function insertConnection(
  tx: Database,
  clock: Clock,
  connection: Pick<Connection, 'id' | 'userId' | 'provider' | 'uid'>,
): Promise<Connection | null> {
  const now = sql`${clock.now()}`
  const [row] = await tx
    .insert(connections)
    .values({ ...connection, createdAt: now, lastLogin: now })
    .onConflictDoNothing({ target: [connections.provider, connections.uid] })
    .returning()
  return row ?? null
}

/**
 * Notes a sign-in by a connection. The caller has locked the user's row.
 *
 * @param used.uid - the subject. It completes a row of another deployment, which may hold a part of it
 * @returns false when the connection was removed since it was read
 */
export async function useConnection(
  tx: Database,
  clock: Clock,
  used: OwnConnection & { uid: string },
): Promise<boolean> {
  const { id, userId, uid } = used
  const changed = await tx
    .update(connections)
    .set({ uid, lastLogin: sql`${clock.now()}` })
    .where(and(eq(connections.id, id), eq(connections.userId, userId)))
    .returning({ id: connections.id })
  return changed.length > 0
}

/** Answers whether a user still has a connection. The caller has locked the user's row. */
export async function hasOwnConnection(tx: Database, own: OwnConnection): Promise<boolean> {
  const found = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.id, own.id), eq(connections.userId, own.userId)))
  return found.length > 0
}

/** Removes a connection of a user; null when the user has no such connection. The caller has locked the user's row. */
export async function takeConnection(tx: Database, own: OwnConnection): Promise<Connection | null> {
  const [row] = await tx
    .delete(connections)
    .where(and(eq(connections.id, own.id), eq(connections.userId, own.userId)))
    .returning()
  return row ?? null
}

/** Removes every connection of a user, and returns them. The caller has locked the user's row. */
export async function deleteConnectionsOfUser(tx: Database, userId: UserId): Promise<Connection[]> {
  return tx.delete(connections).where(eq(connections.userId, userId)).returning()
}
