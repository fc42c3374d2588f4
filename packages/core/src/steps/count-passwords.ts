import type { Context } from '../context.ts'
import { clientOf, count } from './count.ts'
import { describeFamily, type Identity } from './identity.ts'
import { isKnownNetwork } from './known-network.ts'

/**
 * Counts a password attempt before the hash: by email address and network, then by email address alone.
 *
 * The second limit stops an attacker with many networks. It must not lock the user out, so a network the user signed
 * in from in the last 30 days is exempt. An address without a user costs the same statements.
 *
 * @param email - normalised
 * @throws {DomainError} `throttled`
 */
export async function countLogin(ctx: Context, email: string): Promise<void> {
  await count(ctx, { limit: 'login', key: `${clientOf(ctx)} ${email}` })
  await countEverywhere(ctx, { key: email, email })
}

/**
 * Counts a session's check of its own user's password, before the hash: by session, network and purpose, then by session
 * alone, from which the networks of the user are exempt as at a sign-in.
 *
 * The limits count per session and not per user, so a thief with a stolen session cannot stop the user from changing
 * the password in another one. A change of password keeps them, see {@link describeFamily}.
 *
 * @param purpose - the change of password is counted apart from every other check
 * @throws {DomainError} `throttled`
 */
export async function countPasswordCheck(
  ctx: Context,
  identity: Identity,
  purpose: 'change' | 'other',
): Promise<void> {
  const { userId, user } = identity
  const family = `${purpose} ${describeFamily(identity)}`
  await count(ctx, { limit: 'login', key: `${family} ${clientOf(ctx)}`, userId })
  await countEverywhere(ctx, { key: family, email: user.email })
}

/** Counts the attempts from all networks together. */
async function countEverywhere(ctx: Context, attempt: { key: string; email: string }): Promise<void> {
  try {
    await count(ctx, { limit: 'loginEmail', key: attempt.key })
  } catch (refusal) {
    if (!(await isKnownNetwork(ctx, attempt.email))) throw refusal
  }
}
