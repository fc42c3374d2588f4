import type { Context } from '../context.ts'
import type { StandingHash } from '../tables/pending-registrations/standing.ts'
import { isOurHash } from '../words/our-hash.ts'
import { type TypedPassword, verifyHash } from './verify-hash.ts'

/** Equals no stored hash. */
const NO_HASH = ''

/**
 * Finds the stored text that a sign-up or shadow of an address has, if its password is the typed one. It costs one hash.
 *
 * The sign-ups of an address have one salt, so one hash is compared with all of them. One that was moved in has a salt of
 * its own. While it is the newest, it alone is compared; while another one is the newest, it is not.
 *
 * @param newest - the newest sign-up of the address; null costs what an unknown address costs at a sign-in
 */
export async function hashAsSignUp(
  ctx: Context,
  newest: StandingHash | null,
  typed: TypedPassword,
): Promise<string> {
  const isOfUs =
    newest === null ? (await ctx.decoys.of(typed.email)) === null : isOurHash(newest.passwordHash)
  if (isOfUs) return ctx.hasher.hashLike(newest?.passwordHash ?? null, typed.password.normalize('NFC'))
  return (await verifyHash(ctx, newest, typed)) && newest ? newest.passwordHash : NO_HASH
}
