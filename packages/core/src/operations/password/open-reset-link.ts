import type { Context } from '../../context.ts'
import { encodeUserId, hashLinkSecret, isLinkSecret } from '../../steps/link-secret.ts'
import { readResetToken, signResetToken } from '../../steps/reset-token.ts'
import { findCapability } from '../../tables/capabilities/statements.ts'
import type { Credentials } from '../../tables/users/columns.ts'
import { findCredentials } from '../../tables/users/find.ts'

/**
 * Opens a reset link. Opening changes nothing, so a link may be opened several times, also by a mail scanner.
 *
 * @param input.uid - the user's id in base64url, as it stands in the link
 * @returns the reset token of the link; null for a link that is unknown, used or expired
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

/** The proof that a reset link was mailed to the caller. */
export interface ResetProof {
  /** The reset token of {@link openResetLink}. */
  opened?: string
  /** The secret of the link. It has precedence over `opened`. */
  token?: string
}

/** A reset link and its user. */
export interface ResetTarget {
  tokenHash: string
  /** How long past its expiry the link still works, because its form was opened in time. */
  lateSeconds: number
  user: Credentials
}

/** Finds the reset link and the user of a proof, or null. Changes nothing. */
export async function findResetTarget(ctx: Context, proof: ResetProof): Promise<ResetTarget | null> {
  const presented = await readProof(ctx, proof)
  return presented && findTarget(ctx, presented)
}

/** The link that a proof names, and how long past its expiry it still works. */
export type PresentedProof = Pick<ResetTarget, 'tokenHash' | 'lateSeconds'>

/** Finds the link and the user of a proof that was read; null when the link is gone or its user is deactivated. */
export async function findTarget(ctx: Context, presented: PresentedProof): Promise<ResetTarget | null> {
  const link = await findCapability(ctx.db, ctx.clock, { ...presented, purpose: 'reset_password' })
  const user = link?.userId ? await findCredentials(ctx.db, link.userId) : null
  return user?.isActive ? { ...presented, user } : null
}

/** Reads a proof; null for a forged or expired reset token, and for a text that is not a secret. */
export async function readProof(ctx: Context, proof: ResetProof): Promise<PresentedProof | null> {
  if (proof.token !== undefined) {
    return isLinkSecret(proof.token) ? { tokenHash: hashLinkSecret(proof.token), lateSeconds: 0 } : null
  }
  const tokenHash = proof.opened === undefined ? null : await readResetToken(ctx, proof.opened)
  return tokenHash === null ? null : { tokenHash, lateSeconds: ctx.config.openedLinkLifetimeSeconds }
}
