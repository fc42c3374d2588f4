import { and, eq, ne, sql } from 'drizzle-orm'
import type { Clock } from '../../database/clock.ts'
import type { Database } from '../../database/connection.ts'
import type { SessionId, UserId } from '../../words/ids.ts'
import { isLive } from './columns.ts'
import { sessions } from './schema.ts'

/** A session of a user. */
interface OwnSession {
  userId: UserId
  sessionId: SessionId
}

/** Ends the sessions of a user that have one factor, except one. The caller has locked the user's row. */
export async function deleteSingleFactorSessions(
  tx: Database,
  session: { userId: UserId; except: SessionId | null },
): Promise<number> {
  const { userId, except } = session
  const { count } = await tx
    .delete(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        ne(sessions.acr, 'aal2'),
        except ? ne(sessions.id, except) : undefined,
      ),
    )
  return count
}

/**
 * Gives a live session two factors, now. It is no more than a sign-in of this moment, which the activation demanded.
 *
 * @param proof.amr - the words of what was proven
 * @returns false when the session has ended
 */
export async function raiseSession(
  tx: Database,
  clock: Clock,
  proof: OwnSession & { amr: readonly string[] },
): Promise<boolean> {
  const added = sql.join(
    proof.amr.map((word) => sql`${word}::text`),
    sql`, `,
  )
  const former = sql`string_to_array(${sessions.amr}, ' ')`
  const missing = sql`(select array_agg(word) from unnest(array[${added}]) word where word <> all(${former}))`
  const raised = await tx
    .update(sessions)
    .set({
      acr: 'aal2',
      authTime: sql`${clock.now()}`,
      amr: sql`array_to_string(${former} || ${missing}, ' ')`,
    })
    .where(and(eq(sessions.id, proof.sessionId), eq(sessions.userId, proof.userId), isLive(clock.now())))
    .returning({ id: sessions.id })
  return raised.length > 0
}

/** Takes the second factor from the sessions of a user that no passkey opened. The caller has locked the user's row. */
export async function lowerSessions(tx: Database, userId: UserId): Promise<void> {
  const words = sql`string_to_array(${sessions.amr}, ' ')`
  await tx
    .update(sessions)
    .set({ acr: 'aal1', amr: sql`array_to_string(array_remove(${words}, 'mfa'), ' ')` })
    .where(
      and(eq(sessions.userId, userId), eq(sessions.acr, 'aal2'), sql`not ${words} && array['hwk', 'swk']`),
    )
}
