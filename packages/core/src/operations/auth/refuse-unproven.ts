import type { Context } from '../../context.ts'
import type { RefreshProof } from '../../steps/refresh-proof.ts'
import type { SessionState } from '../../tables/sessions/replay.ts'
import { DomainError } from '../../words/errors.ts'

/**
 * Makes the refusal of a refresh whose session is bound to a key that was not proven. The session is as before.
 *
 * @returns `use_dpop_nonce`, or `invalid_refresh_proof` for any other fault and for no proof at all
 */
export async function refuseUnproven(
  _ctx: Context,
  _state: SessionState,
  { refusal }: RefreshProof,
): Promise<DomainError> {
  return new DomainError(refusal === 'use_dpop_nonce' ? 'use_dpop_nonce' : 'invalid_refresh_proof')
}
