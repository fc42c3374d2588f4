import type { Context } from '../../context.ts'
import type { Identity } from '../../steps/identity.ts'
import { type PresentedSocialCode, redeemSocialCode } from '../../steps/redeem-social-code.ts'
import type { Connection } from '../../tables/connections/find.ts'
import { connectIdentity } from './connect-identity.ts'

/**
 * Connects whom a provider named to the caller, and to nobody else. The code is spent, whatever comes of it.
 *
 * @throws {DomainError} `token_not_valid` - the code is unknown, used or expired, or belongs to another verifier; or the
 *   session has ended since the check
 * @throws {DomainError} as {@link connectIdentity}
 */
export async function connectSocialAccount(
  ctx: Context,
  { identity, ...presented }: PresentedSocialCode & { identity: Identity },
): Promise<Connection> {
  return connectIdentity(ctx, identity, await redeemSocialCode(ctx, presented))
}
