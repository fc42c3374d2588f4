import type { Context } from '../../context.ts'
import type { Identity } from '../../steps/identity.ts'
import { type PresentedSocialCode, redeemSocialCode } from '../../steps/redeem-social-code.ts'
import { requireRecent } from '../../steps/require-recent.ts'
import type { Connection } from '../../tables/connections/find.ts'
import { connectIdentity } from './connect-identity.ts'

/**
 * Connects whom a provider named to the caller, and to nobody else. A caller without a recent proof is refused first, so the
 * same code works after the confirmation. Otherwise the code is spent, whatever comes of it.
 *
 * @throws {DomainError} `challenge_invalid` - the code is unknown, used or expired, or belongs to another verifier
 * @throws {DomainError} `token_not_valid` - the session has ended since the check
 * @throws {DomainError} as {@link connectIdentity}
 */
export async function connectSocialAccount(
  ctx: Context,
  { identity, ...presented }: PresentedSocialCode & { identity: Identity },
): Promise<Connection> {
  await requireRecent(ctx, identity)
  const redeemed = await redeemSocialCode(ctx, presented, { refusal: 'challenge_invalid' })
  return connectIdentity(ctx, identity, redeemed)
}
