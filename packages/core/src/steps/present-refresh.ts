import type { Context } from '../context.ts'
import { findImportedSession } from '../tables/imported-sessions/find.ts'
import type { PresentedGeneration } from '../tables/sessions/rotate.ts'
import type { SessionId } from '../words/ids.ts'
import type { OldClaims } from '../words/old-token.ts'
import { readPresented, type TokenVerdict } from './verify-token.ts'

/** A good refresh token. */
export interface GoodRefresh {
  sessionId: SessionId
  /** The generation that it presents. 0 for a token of the deployment from which users were moved in. */
  generation: number
  /** When its session began, in seconds since the Unix epoch. */
  begun: number
  issuedAt: number
  /** What a token of ours presents; null for one of the other deployment. */
  presented: PresentedGeneration | null
  /** What a token of the other deployment says; null for one of ours. */
  old: OldClaims | null
}

/** Reads the verdict on a refresh token; null unless it is good now, and names a generation that can be stored. */
export function readGoodRefresh(verdict: TokenVerdict): GoodRefresh | null {
  if (verdict.status === 'old') {
    const { sessionId, begun, issuedAt } = verdict.claims
    return verdict.isExpired
      ? null
      : { sessionId, generation: 0, begun, issuedAt, presented: null, old: verdict.claims }
  }
  const presented = verdict.status === 'valid' ? readPresented(verdict.claims) : null
  if (verdict.status !== 'valid' || !presented) return null
  const { session_iat: begun, iat: issuedAt } = verdict.claims
  return { ...presented, begun, issuedAt, presented, old: null }
}

/**
 * Finds what a refresh token of the other deployment presents: the generation 0 of its session.
 *
 * @param wanted.anyToken - whether an older or a newer token of the session counts too
 * @returns null when the session was not moved in, or waits for another token; also after the end of the session it is
 *   not null
 */
export async function presentOld(
  ctx: Context,
  old: OldClaims,
  wanted: { anyToken: boolean },
): Promise<PresentedGeneration | null> {
  const { sessionId } = old
  const imported = await findImportedSession(ctx.db, old)
  if (!imported || (imported.jti !== old.jti && !wanted.anyToken)) return null
  return { userId: imported.userId, sessionId, generation: 0 }
}
