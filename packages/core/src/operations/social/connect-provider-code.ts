import type { Context } from '../../context.ts'
import type { PresentedCode } from '../../services/providers/providers.ts'
import type { Identity } from '../../steps/identity.ts'
import { requireRecent } from '../../steps/require-recent.ts'
import type { Connection } from '../../tables/connections/find.ts'
import { connectIdentity } from './connect-identity.ts'

/**
 * Connects an account at a provider to the caller, by a code that the client got by itself. The recent proof is asked for
 * before the provider is, so that no code is spent in vain.
 *
 * @throws {DomainError} see `connectIdentity` and {@link Context.providers}
 */
export async function connectProviderCode(
  ctx: Context,
  input: PresentedCode & { identity: Identity; provider: string },
): Promise<Connection> {
  const { identity, provider, ...presented } = input
  await requireRecent(ctx, identity)
  return connectIdentity(ctx, identity, await ctx.providers.exchangeCode(provider, presented))
}
