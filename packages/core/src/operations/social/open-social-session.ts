import type { Context } from '../../context.ts'
import { type PresentedSocialCode, redeemSocialCode } from '../../steps/redeem-social-code.ts'
import type { SignInAnswer } from '../../words/second-factors.ts'
import { signInWithIdentity } from './sign-in-with-identity.ts'

/**
 * Signs in whom a provider named, for the app that began. The code is spent, whatever comes of it.
 *
 * @throws {DomainError} `token_not_valid` - the code is unknown, used or expired, or belongs to another verifier
 * @throws {DomainError} as {@link signInWithIdentity}
 */
export async function openSocialSession(ctx: Context, presented: PresentedSocialCode): Promise<SignInAnswer> {
  return signInWithIdentity(ctx, await redeemSocialCode(ctx, presented, { refusal: 'token_not_valid' }))
}
