import { and, eq } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import { users } from './schema.ts'

/** Deletes a user with its sessions, links and known networks; false when it is gone or its epoch moved. */
export async function deleteUserRow(db: Database, user: { id: UserId; ifEpoch?: number }): Promise<boolean> {
  const { id, ifEpoch } = user
  const deleted = await db
    .delete(users)
    .where(and(eq(users.id, id), ifEpoch === undefined ? undefined : eq(users.sessionEpoch, ifEpoch)))
    .returning({ id: users.id })
  return deleted.length > 0
}
