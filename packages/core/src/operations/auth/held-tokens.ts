import type { Context } from '../../context.ts'
import { type GoodRefresh, readGoodRefresh } from '../../steps/present-refresh.ts'
import { verifyToken } from '../../steps/verify-token.ts'
import type { SessionId } from '../../words/ids.ts'

interface Held extends GoodRefresh {
  refresh: string
}

/**
 * Orders the refresh tokens of one caller by the chance that they are in use. Nothing is written or counted.
 *
 * A browser holds several when a neighbour below the same domain planted one, or when the attributes of the cookie were
 * changed. Of one session only the newest token is left: its older ones are no theft, because their holder has the newest
 * one too. The newest sign-in comes first, because a cookie that was left behind is older. Texts that are no valid token
 * are left out, unless there is nothing else.
 *
 * @returns at least one of the given texts
 */
export async function orderHeldTokens(ctx: Context, tokens: readonly string[]): Promise<string[]> {
  if (tokens.length < 2) return [...tokens]
  const newest = new Map<SessionId, Held>()
  for (const refresh of tokens) {
    const token = readGoodRefresh(await verifyToken(ctx, refresh, 'refresh'))
    const other = token && newest.get(token.sessionId)
    if (!token || (other && !isNewer(token, other))) continue
    newest.set(token.sessionId, { ...token, refresh })
  }
  const ordered = [...newest.values()].sort((one, other) => other.begun - one.begun)
  return ordered.length > 0 ? ordered.map(({ refresh }) => refresh) : tokens.slice(0, 1)
}

/** The tokens of the other deployment have no generation, so the later one is the newer one. */
function isNewer(one: GoodRefresh, other: GoodRefresh): boolean {
  if (one.generation !== other.generation) return one.generation > other.generation
  return one.generation === 0 && one.issuedAt > other.issuedAt
}
