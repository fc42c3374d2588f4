import type { Context } from '../../context.ts'
import type { Database } from '../../database/connection.ts'
import type { MailRequest } from '../../services/mail/mail-kinds.ts'
import { type MadeLink, makeDecoyLink, makeLink, type WriteMail } from '../../steps/send-link.ts'
import { insertCapabilities } from '../../tables/capabilities/statements.ts'
import type { PendingRegistration } from '../../tables/pending-registrations/statements.ts'
import type { UserId } from '../../words/ids.ts'
import { writeConfirmationMail, writeTakenNotice, writeVerificationMail } from './queue-verification-mail.ts'

/** A sign-up or shadow that was extended. */
export interface StandingSignUp extends PendingRegistration {
  remainingSeconds: number
}

/** What a resend has found for an address. */
export interface Found {
  email: string
  /** The user who needs a mail, or null. */
  user: { id: UserId; language: string | null; needs: 'verification' | 'notice' } | null
  /** The newest first. */
  signUps: StandingSignUp[]
  /** Whether the mail has the link of one sign-up only, instead of a list. */
  isSingle: boolean
  /** The allowed address that the links of sign-ups lead on to. */
  redirectTo: string | undefined
}

interface Linked {
  signUp: StandingSignUp
  link: MadeLink
}

/**
 * Stores the new links of an address by one statement, and queues one mail.
 *
 * Shadows get decoys. The number of links therefore depends only on how often somebody signed up with the address.
 */
export async function queueLinks(ctx: Context, tx: Database, found: Found): Promise<void> {
  const { user } = found
  const linked = found.signUps.map((signUp) => ({ signUp, link: makeSignUpLink(ctx, found, signUp) }))
  const links = linked.map(({ link }) => link)
  const own = makeOwnLink(ctx, found)
  const isOwn = user !== null || links.length === 0
  const stored = isOwn ? [own, ...links.slice(1)] : links
  await insertCapabilities(
    tx,
    ctx.clock,
    stored.map(({ capability }) => capability),
  )
  const open = linked.filter(({ signUp }) => !signUp.isShadow)
  const mail = isOwn ? writeOwnMail(found)(own.mailed) : writeMail(found, open.length > 0 ? open : linked)
  await ctx.outbox.queue(tx, { ...mail, discard: !user && open.length === 0 })
}

function makeOwnLink(ctx: Context, { email, user, redirectTo }: Found): MadeLink {
  if (!user) return makeDecoyLink(ctx, { email, redirectTo })
  const own = { email, userId: user.id }
  // The named address is for a verified user, and the link of a notice is for a new password.
  if (user.needs === 'notice')
    return makeLink(ctx, { ...own, purpose: 'reset_password', redirectTo: undefined })
  return makeLink(ctx, { ...own, purpose: 'verify_email', redirectTo })
}

function writeOwnMail({ email, user, signUps }: Found): WriteMail {
  const addressee = { email, language: user?.language ?? null }
  if (user?.needs !== 'notice') return writeVerificationMail(addressee)
  return writeTakenNotice({ ...addressee, createdAt: signUps[0]?.createdAt })
}

function makeSignUpLink(ctx: Context, found: Found, signUp: StandingSignUp): MadeLink {
  const link = { email: found.email, redirectTo: found.redirectTo }
  if (signUp.isShadow) return makeDecoyLink(ctx, link)
  const { id: registrationId, remainingSeconds: lifetimeSeconds } = signUp
  return makeLink(ctx, { ...link, purpose: 'confirm_registration', registrationId, lifetimeSeconds })
}

/** The list has no text that a caller wrote: times, devices of a fixed list and networks. The newest gives its language. */
function writeMail({ email, isSingle }: Found, shown: Linked[]): MailRequest {
  const [first] = shown
  if (isSingle && first) return writeConfirmationMail({ ...first.signUp, email })(first.link.mailed)
  const signUps = shown.map(({ signUp, link }) => ({
    requestedAt: signUp.createdAt.getTime(),
    origin: { browser: signUp.browser, os: signUp.os, network: signUp.network },
    until: signUp.expiresAt.getTime(),
    link: link.mailed.link,
  }))
  const language = first?.signUp.language ?? null
  return { kind: 'pending-sign-ups', to: email, language, variables: { email, signUps } }
}
