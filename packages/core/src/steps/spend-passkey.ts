import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { hasOwnPasskey, usePasskey } from '../tables/passkeys/change.ts'
import type { SessionId } from '../words/ids.ts'
import type { ProvenPasskey } from './check-assertion.ts'
import { recordEvent } from './record-event.ts'

/** What became of a proven answer: it counts, its counter did not grow, or the passkey was removed. */
export type PasskeyUse = 'used' | 'counter' | 'removed'

/**
 * Uses a proven answer of a passkey. The caller has locked the user's row.
 *
 * A counter that did not grow is recorded. The caller commits that with the ceremony used up, and refuses after it. The
 * passkey stays, because two honest answers may have crossed.
 *
 * @param sessionId - the session in which it is proven; undefined for a sign-in
 */
export async function spendPasskey(
  ctx: Context,
  tx: Database,
  { passkey, signCount, backedUp }: ProvenPasskey,
  sessionId?: SessionId,
): Promise<PasskeyUse> {
  const { id, userId } = passkey
  if (await usePasskey(tx, ctx.clock, { id, userId, signCount, backedUp })) return 'used'
  if (!(await hasOwnPasskey(tx, { id, userId }))) return 'removed'
  await recordEvent(ctx, tx, {
    kind: 'passkey_counter',
    userId,
    by: 'self',
    sessionId,
    details: { passkey: id },
  })
  return 'counter'
}
