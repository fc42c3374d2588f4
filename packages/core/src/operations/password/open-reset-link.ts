import type { Context } from '../../context.ts'
import { encodeUserId, hashLinkSecret, isLinkSecret } from '../../steps/link-secret.ts'
import { markLink, type OpenedLink, readResetToken, signResetToken } from '../../steps/reset-token.ts'
import { isUnusedInvitation } from '../../tables/audit-events/unused.ts'
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
  /** Reset tokens of {@link openResetLink}. A browser may hold several cookies of one name. */
  opened?: readonly string[]
  /** The mark of the link that the form of the caller was made for. Of the opened links only that one is used. */
  link?: string
  /** The secret of the link, or a reset token of the link. It has precedence over the others. */
  token?: string
}

/** A reset link and its user. */
export interface ResetTarget {
  tokenHash: string
  /** How long past its expiry the link still works, because its form was opened in time. */
  lateSeconds: number
  user: Credentials
  /** Whether the user was invited and has not chosen a password: the form then asks for the first one. */
  isInvitation: boolean
}

/** The mark with which a form names the link of a target: see {@link ResetProof}. */
export function markTarget({ tokenHash }: ResetTarget): string {
  return markLink(tokenHash)
}

/** The mark of the link with this secret: see {@link ResetProof}. */
export function markSecret(secret: string): string {
  return markLink(hashLinkSecret(secret))
}

/** Finds the reset link and the user of a proof, or null. Changes nothing. */
export async function findResetTarget(ctx: Context, proof: ResetProof): Promise<ResetTarget | null> {
  return findTarget(ctx, (await readProof(ctx, proof)).presented)
}

/** A link that a proof names, and how long past its expiry it still works. */
export type PresentedLink = Pick<ResetTarget, 'tokenHash' | 'lateSeconds'>

/** Finds the first link that exists and whose user is active. */
export async function findTarget(ctx: Context, presented: PresentedLink[]): Promise<ResetTarget | null> {
  for (const one of presented) {
    const link = await findCapability(ctx.db, ctx.clock, { ...one, purpose: 'reset_password' })
    const user = link?.userId ? await findCredentials(ctx.db, link.userId) : null
    if (user?.isActive) return { ...one, user, isInvitation: await isUnusedInvitation(ctx.db, user.id) }
  }
  return null
}

/**
 * Reads a proof. Forged and expired reset tokens, and a text that is not a secret, name no link.
 *
 * @returns the links to try, the one last opened first; and whether all opened links were left out, because the form
 * was made for another one
 */
export async function readProof(
  ctx: Context,
  proof: ResetProof,
): Promise<{ presented: PresentedLink[]; isOfOtherLink: boolean }> {
  if (proof.token !== undefined && isLinkSecret(proof.token)) {
    const presented = [{ tokenHash: hashLinkSecret(proof.token), lateSeconds: 0 }]
    return { presented, isOfOtherLink: false }
  }
  // An app on another site gets no cookie, and sends the reset token itself. It is checked as one from a cookie.
  const opened = await readOpened(ctx, proof.token === undefined ? (proof.opened ?? []) : [proof.token])
  const wanted = opened.filter(
    ({ tokenHash }) => proof.link === undefined || markLink(tokenHash) === proof.link,
  )
  const lateSeconds = ctx.config.openedLinkLifetimeSeconds
  return {
    presented: wanted.map(({ tokenHash }) => ({ tokenHash, lateSeconds })),
    isOfOtherLink: opened.length > 0 && wanted.length === 0,
  }
}

async function readOpened(ctx: Context, tokens: readonly string[]): Promise<OpenedLink[]> {
  const read = await Promise.all(tokens.map((token) => readResetToken(ctx, token)))
  return read.filter((link) => link !== null).sort((one, other) => other.openedAt - one.openedAt)
}
