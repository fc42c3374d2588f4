import type { Context } from '../context.ts'
import { type OldTokenState, readOldTokenState } from '../tables/imported-sessions/alive.ts'

/** What becomes of the tokens of other deployments here. */
export interface OldTokens extends OldTokenState {
  /** Whether the settings for them are given. */
  isAccepted: boolean
}

/** Reads what becomes of the tokens of other deployments. */
export async function readOldTokens({
  db,
  oldTokens,
}: Pick<Context, 'db' | 'oldTokens'>): Promise<OldTokens> {
  return { ...(await readOldTokenState(db)), isAccepted: oldTokens !== null }
}
