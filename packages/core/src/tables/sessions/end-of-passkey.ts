import { and, eq, ne } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { PasskeyId, SessionId, UserId } from '../../words/ids.ts'
import { sessions } from './schema.ts'

/**
 * Ends the sessions that a passkey opened, except one, and returns their number. The caller has locked the user's row.
 */
export async function deleteSessionsOfPasskey(
  tx: Database,
  ended: { userId: UserId; passkeyId: PasskeyId; except: SessionId },
): Promise<number> {
  const { userId, passkeyId, except } = ended
  const { count } = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.passkeyId, passkeyId), ne(sessions.id, except)))
  return count
}
