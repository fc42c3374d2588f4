import { and, eq } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { UserId } from '../../words/ids.ts'
import { users } from './schema.ts'

/** Deletes a user and, by the foreign keys, all that is its own; false when it is gone or its epoch moved on. */
export async function deleteUserRow(db: Database, user: { id: UserId; ifEpoch?: number }): Promise<boolean> {
  const { id, ifEpoch } = user
  const deleted = await db
    .delete(users)
    .where(and(eq(users.id, id), ifEpoch === undefined ? undefined : eq(users.sessionEpoch, ifEpoch)))
    .returning({ id: users.id })
  return deleted.length > 0
}
