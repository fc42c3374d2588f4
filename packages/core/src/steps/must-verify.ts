import type { Context } from '../context.ts'

/**
 * Answers whether a user must verify the address before it may be signed in: with mandatory verification, until the
 * address is verified.
 *
 * A sign-in, a refresh, an authenticated call and a reset ask here, so that all four decide alike.
 *
 * @see decision 093
 */
export function mustVerify(ctx: Pick<Context, 'config'>, user: { emailVerified: boolean }): boolean {
  return ctx.config.emailVerification === 'mandatory' && !user.emailVerified
}
