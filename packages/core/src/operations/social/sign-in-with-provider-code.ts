import type { Context } from '../../context.ts'
import type { PresentedCode } from '../../services/providers/providers.ts'
import type { SignInAnswer } from '../../words/second-factors.ts'
import { signInWithIdentity } from './sign-in-with-identity.ts'

/**
 * Signs a user in with an authorization code that the client got from a provider by itself.
 *
 * @param input.provider - as sent; see {@link Context.providers} for what is refused before anything is read here
 * @throws {DomainError} see `signInWithIdentity`
 */
export async function signInWithProviderCode(
  ctx: Context,
  { provider, ...presented }: PresentedCode & { provider: string },
): Promise<SignInAnswer> {
  return signInWithIdentity(ctx, await ctx.providers.exchangeCode(provider, presented))
}
