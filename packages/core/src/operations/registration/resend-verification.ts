import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import { transaction } from '../../database/transaction.ts'
import { addressForms } from '../../steps/address-forms.ts'
import { countMail } from '../../steps/count-mail.ts'
import { hashAsSignUp, NO_HASH } from '../../steps/hash-as-sign-up.ts'
import { type TypedPassword, verifyHash } from '../../steps/verify-hash.ts'
import { lockCredentialsByEmail, lockStanding } from '../../tables/locks.ts'
import { extendStanding, findNewestHash } from '../../tables/pending-registrations/standing.ts'
import type { Credentials } from '../../tables/users/columns.ts'
import { findCredentialsByEmail } from '../../tables/users/find.ts'
import { type Found, queueLinks, type StandingSignUp } from './queue-links.ts'

/** The mail lists the newest sign-ups only, so that strangers cannot make it long. */
const MAX_LISTED = 20

/** A request for another verification mail. */
export interface ResendRequest {
  /** Normalised. */
  email: string
  /** As it was typed. With it the mail has only the link of the sign-up with this password. */
  password?: string
  /** The allowed address that the links lead on to. */
  redirectTo?: string
}

/**
 * Mails a new verification link to an unverified user, or a new link for each pending sign-up of an address. Any other
 * address gets the same answer at the same cost.
 *
 * A shadow costs what a sign-up costs, and gets no link. If a verified user has the address, a shadow makes this user get
 * the notice of the sign-up again. A password costs one hash for every address.
 */
export async function resendVerification(ctx: Context, input: ResendRequest): Promise<void> {
  const { email, password, redirectTo } = input
  await countMail(ctx, email)
  const isMandatory = ctx.config.emailVerification === 'mandatory'
  const isSingle = isMandatory && password !== undefined
  const passwordHash = isSingle ? await hashOfSignUp(ctx, { email, password }) : undefined
  await transaction(ctx.db, async (tx) => {
    const user = await lockCredentialsByEmail(tx, email)
    const wanted = { email, passwordHash, limit: isSingle ? 1 : MAX_LISTED }
    const standing = isMandatory ? await extendNewest(ctx, tx, wanted) : []
    // While a user has the address, its sign-ups cannot be confirmed.
    const signUps = user ? standing.map((signUp) => ({ ...signUp, isShadow: true })) : standing
    const addressee = findAddressee(ctx, user, signUps)
    await queueLinks(ctx, tx, { email, user: addressee, signUps, isSingle, redirectTo })
  })
}

/**
 * Costs one hash. Without a sign-up it is that of a sign-in with the address. With another one, the two would tell by
 * their times that the address has a user.
 */
async function hashOfSignUp(ctx: Context, given: TypedPassword): Promise<string> {
  const [user, newest] = await Promise.all([
    findCredentialsByEmail(ctx.db, given.email),
    findNewestHash(ctx.db, ctx.clock, addressForms(ctx, given.email)),
  ])
  if (newest) return hashAsSignUp(ctx, newest, given)
  await verifyHash(ctx, user, given)
  return NO_HASH
}

/** Extends the newest sign-ups and shadows of an address until their new links expire. */
async function extendNewest(
  ctx: Context,
  tx: Database,
  wanted: { email: string; passwordHash: string | undefined; limit: number },
): Promise<StandingSignUp[]> {
  const { email, ...rest } = wanted
  const rows = await lockStanding(tx, ctx.clock, { ...rest, forms: addressForms(ctx, email) })
  const extended = await extendStanding(tx, ctx.clock, {
    ids: rows.map(({ id }) => id),
    lifetimeSeconds: ctx.config.emailConfirmationLifetimeSeconds,
  })
  return rows.flatMap((row) => {
    const extension = extended.get(row.id)
    return extension ? [{ ...row, ...extension }] : []
  })
}

/**
 * Finds the user who gets a mail. A verified user gets the notice about a sign-up that stands: a sign-in with the password
 * of this sign-up is answered as unverified, so the person who signed up asks here for the mail.
 */
function findAddressee(ctx: Context, user: Credentials | null, signUps: StandingSignUp[]): Found['user'] {
  if (!user?.isActive || ctx.config.emailVerification === 'none') return null
  const addressee = { id: user.id, language: user.language }
  if (!user.emailVerified) return { ...addressee, needs: 'verification' }
  return signUps.length > 0 ? { ...addressee, needs: 'notice' } : null
}
