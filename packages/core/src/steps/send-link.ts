import type { Context, CoreConfig } from '../context.ts'
import type { Database } from '../database/connection.ts'
import type { MailRequest } from '../services/mail/mail-kinds.ts'
import { describeDuration, describeTime } from '../services/mail/phrases.ts'
import { type CapabilityPurpose, insertCapability } from '../tables/capabilities/statements.ts'
import { newId, type RegistrationId, type SessionId, type UserId } from '../words/ids.ts'
import { encodeUserId, hashLinkSecret, newLinkSecret } from './link-secret.ts'

/** What a mail shows about its link. */
export interface MailedLink {
  /** The whole URL, with its secret. */
  link: string
  /** The life of the link in words. */
  lifetime: string
  /** The time of the request in words. */
  requestedAt: string
}

/** Writes the mail of a link. */
export type WriteMail = (mailed: MailedLink) => MailRequest

/** A link to be stored and mailed. */
export interface LinkRequest {
  purpose: Exclude<CapabilityPurpose, 'none'>
  /** The address that the mail goes to. Following the link proves it. */
  email: string
  userId?: UserId
  registrationId?: RegistrationId
  sessionId?: SessionId
  mail: WriteMail
}

/** Stores a new link and queues its mail, both or neither. */
export async function sendLink(ctx: Context, tx: Database, request: LinkRequest): Promise<void> {
  const { mail, ...capability } = request
  const secret = newLinkSecret()
  const lifetimeSeconds = lifetimeOf(ctx.config, request.purpose)
  await insertCapability(tx, ctx.clock, { ...capability, tokenHash: hashLinkSecret(secret), lifetimeSeconds })
  await ctx.outbox.queue(tx, mail(describeLink(ctx, buildLink(ctx.config, request, secret), lifetimeSeconds)))
}

/**
 * Does the same work as {@link sendLink} for an address that gets no link, so that a caller sees no difference. The
 * decoy link opens nothing, and the worker discards the decoy mail.
 */
export async function sendDecoyLink(
  ctx: Context,
  tx: Database,
  request: { email: string; mail: WriteMail },
): Promise<void> {
  const secret = newLinkSecret()
  const decoy = { tokenHash: hashLinkSecret(secret), purpose: 'none', email: request.email } as const
  await insertCapability(tx, ctx.clock, { ...decoy, lifetimeSeconds: 0 })
  const link = buildResetLink(ctx.config, newId<UserId>(), secret)
  await ctx.outbox.queue(tx, { ...request.mail(describeLink(ctx, link, 0)), discard: true })
}

function describeLink(ctx: Context, link: string, lifetimeSeconds: number): MailedLink {
  return { link, lifetime: describeDuration(lifetimeSeconds), requestedAt: describeNow(ctx) }
}

/** Writes the present time in the words of a mail. */
export function describeNow(ctx: Context): string {
  return describeTime(new Date(ctx.clock.epochSeconds() * 1000))
}

function buildLink(config: CoreConfig, request: LinkRequest, secret: string): string {
  const { linkBaseUrl, linkPaths } = config
  if (request.purpose === 'change_email') return linkBaseUrl + linkPaths.confirmEmailChange(secret)
  if (request.purpose !== 'reset_password') return linkBaseUrl + linkPaths.verifyEmail(secret)
  if (!request.userId) throw new Error('A reset link belongs to a user.')
  return buildResetLink(config, request.userId, secret)
}

function buildResetLink({ linkBaseUrl, linkPaths }: CoreConfig, userId: UserId, secret: string): string {
  return linkBaseUrl + linkPaths.resetPassword(encodeUserId(userId), secret)
}

function lifetimeOf(config: CoreConfig, purpose: CapabilityPurpose): number {
  return purpose === 'reset_password'
    ? config.passwordResetLifetimeSeconds
    : config.emailConfirmationLifetimeSeconds
}
