import type { Context } from '../../context.ts'
import type { PresentedTokens } from '../../services/providers/providers.ts'
import type { SignInAnswer } from '../../words/second-factors.ts'
import { signInWithIdentity } from './sign-in-with-identity.ts'

/**
 * Signs a user in with tokens that the client got from a provider by itself.
 *
 * @param input.provider - as sent; see {@link Context.providers} for what is refused before anything is read here
 * @throws {DomainError} see `signInWithIdentity`
 */
export async function signInWithProviderToken(
  ctx: Context,
  { provider, ...tokens }: PresentedTokens & { provider: string },
): Promise<SignInAnswer> {
  return signInWithIdentity(ctx, await ctx.providers.verifyTokens(provider, tokens))
}
