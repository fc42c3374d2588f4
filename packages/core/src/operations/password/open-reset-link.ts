import type { Context } from '../../context.ts'
import { encodeUserId, hashLinkSecret, isLinkSecret } from '../../steps/link-secret.ts'
import { readResetToken, signResetToken } from '../../steps/reset-token.ts'
import { findCapability } from '../../tables/capabilities/statements.ts'
import type { Credentials } from '../../tables/users/columns.ts'
import { findCredentials } from '../../tables/users/find.ts'

/**
 * Opens a reset link: a look that changes nothing, however often and by whomever the link is followed.
 *
 * @param input.uid - the user's id in base64url, as it stands in the link
 * @returns a token that stands for the opened link, or null for a link that is unknown, used or expired
 */
export async function openResetLink(
  ctx: Context,
  input: { uid: string; token: string },
): Promise<string | null> {
  if (!isLinkSecret(input.token)) return null
  const tokenHash = hashLinkSecret(input.token)
  const link = await findCapability(ctx.db, ctx.clock, { tokenHash, purpose: 'reset_password' })
  if (!link?.userId || encodeUserId(link.userId) !== input.uid) return null
  return signResetToken(ctx, tokenHash)
}

/** How a caller proves that a reset link was mailed to it. */
export interface ResetProof {
  /** What {@link openResetLink} gave for the link. */
  opened?: string
  /** The link's own secret; it comes first. */
  token?: string
}

/** An opened reset link and the user it is for. */
export interface ResetTarget {
  tokenHash: string
  /** How long past the link's own expiry it may still be used: the form was opened in time. */
  lateSeconds: number
  user: Credentials
}

/** Finds what a proof is good for at this moment, changing nothing; null when it is good for nothing. */
export async function findResetTarget(ctx: Context, proof: ResetProof): Promise<ResetTarget | null> {
  const presented = await readProof(ctx, proof)
  return presented && findTarget(ctx, presented)
}

/** Which link a proof names, and how long past its expiry it may still be used: the form was opened in time. */
export type PresentedProof = Pick<ResetTarget, 'tokenHash' | 'lateSeconds'>

/** Finds the link and the user a proof that was read names; null when the link was used, or is gone. */
export async function findTarget(ctx: Context, presented: PresentedProof): Promise<ResetTarget | null> {
  const link = await findCapability(ctx.db, ctx.clock, { ...presented, purpose: 'reset_password' })
  const user = link?.userId ? await findCredentials(ctx.db, link.userId) : null
  return user?.isActive ? { ...presented, user } : null
}

/** Reads a proof; null when it is none: a forged or expired token of an opened link, or no secret of a link at all. */
export async function readProof(ctx: Context, proof: ResetProof): Promise<PresentedProof | null> {
  if (proof.token !== undefined) {
    return isLinkSecret(proof.token) ? { tokenHash: hashLinkSecret(proof.token), lateSeconds: 0 } : null
  }
  const tokenHash = proof.opened === undefined ? null : await readResetToken(ctx, proof.opened)
  return tokenHash === null ? null : { tokenHash, lateSeconds: ctx.config.openedLinkLifetimeSeconds }
}
