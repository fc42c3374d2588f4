import type { Context } from '../../context.ts'
import type { PresentedTokens } from '../../services/providers/providers.ts'
import type { Identity } from '../../steps/identity.ts'
import { requireRecent } from '../../steps/require-recent.ts'
import type { Connection } from '../../tables/connections/find.ts'
import { connectIdentity } from './connect-identity.ts'

/**
 * Connects an account at a provider to the caller, by tokens that the client got by itself. The recent proof is asked for
 * before the provider is.
 *
 * @throws {DomainError} see `connectIdentity` and {@link Context.providers}
 */
export async function connectProviderToken(
  ctx: Context,
  input: PresentedTokens & { identity: Identity; provider: string },
): Promise<Connection> {
  const { identity, provider, ...tokens } = input
  await requireRecent(ctx, identity)
  return connectIdentity(ctx, identity, await ctx.providers.verifyTokens(provider, tokens))
}
