import type { Context } from '../context.ts'
import type { StandingHash } from '../tables/pending-registrations/standing.ts'
import { isOurHash } from '../words/our-hash.ts'
import { type TypedPassword, verifyHash } from './verify-hash.ts'

/** Equals no stored hash of a sign-up. */
export const NO_HASH = ''

/**
 * Finds the stored text that a sign-up or shadow of an address has, if its password is the typed one. It costs one hash.
 *
 * The sign-ups of an address have one salt, so one hash is compared with all of them. One that was moved in has a salt of
 * its own. While it is the newest, it alone is compared; while another one is the newest, it is not.
 *
 * @param newest - the newest sign-up of the address
 */
export async function hashAsSignUp(
  ctx: Context,
  newest: StandingHash,
  typed: TypedPassword,
): Promise<string> {
  const { passwordHash } = newest
  if (isOurHash(passwordHash)) return ctx.hasher.hashLike(passwordHash, typed.password.normalize('NFC'))
  return (await verifyHash(ctx, newest, typed)) ? passwordHash : NO_HASH
}
