import type { Context, CoreConfig } from '../context.ts'
import type { Database } from '../database/connection.ts'
import type { MailRequest } from '../services/mail/mail-kinds.ts'
import {
  type CapabilityPurpose,
  insertCapability,
  type NewCapability,
} from '../tables/capabilities/statements.ts'
import { LANDING_QUERY } from '../words/contract.ts'
import { newId, type RegistrationId, type SessionId, type UserId } from '../words/ids.ts'
import { encodeUserId, hashLinkSecret, newLinkSecret } from './link-secret.ts'

/** What a mail shows about its link. */
export interface MailedLink {
  /** The whole URL, with its secret. */
  link: string
  /** The life of the link, in seconds. */
  lifetime: number
  /** The time of the request, in milliseconds since the epoch. */
  requestedAt: number
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
  /** The allowed address that the link leads on to; undefined for the page of the settings. */
  redirectTo: string | undefined
  /** By default the life of its purpose. */
  lifetimeSeconds?: number
}

/** A new link: what is stored, and what its mail shows. */
export interface MadeLink {
  capability: NewCapability
  mailed: MailedLink
}

/** Makes a new link. The caller stores and mails it. */
export function makeLink(ctx: Context, request: LinkRequest): MadeLink {
  const secret = newLinkSecret()
  const { redirectTo, ...stored } = request
  const lifetimeSeconds = request.lifetimeSeconds ?? lifetimeOf(ctx.config, request.purpose)
  const link = landAt(buildLink(ctx.config, request, secret), redirectTo)
  return {
    capability: { ...stored, tokenHash: hashLinkSecret(secret), lifetimeSeconds },
    mailed: describeLink(ctx, link, lifetimeSeconds),
  }
}

/** Makes a link that opens nothing, for an address that gets none. */
export function makeDecoyLink(ctx: Context, request: Pick<LinkRequest, 'email' | 'redirectTo'>): MadeLink {
  const { email, redirectTo } = request
  const secret = newLinkSecret()
  const link = landAt(buildResetLink(ctx.config, newId<UserId>(), secret), redirectTo)
  return {
    capability: { tokenHash: hashLinkSecret(secret), purpose: 'none', email, lifetimeSeconds: 0 },
    mailed: describeLink(ctx, link, 0),
  }
}

/** Stores a new link and queues its mail, both or neither. */
export async function sendLink(
  ctx: Context,
  tx: Database,
  request: LinkRequest & { mail: WriteMail },
): Promise<void> {
  const { mail, ...wanted } = request
  const { capability, mailed } = makeLink(ctx, wanted)
  await insertCapability(tx, ctx.clock, capability)
  await ctx.outbox.queue(tx, mail(mailed))
}

/**
 * Does the same work as {@link sendLink} for an address that gets no link, so that a caller sees no difference. The
 * decoy link opens nothing, and the worker discards the decoy mail.
 */
export async function sendDecoyLink(
  ctx: Context,
  tx: Database,
  request: Pick<LinkRequest, 'email' | 'redirectTo'> & { mail: WriteMail },
): Promise<void> {
  const { capability, mailed } = makeDecoyLink(ctx, request)
  await insertCapability(tx, ctx.clock, capability)
  await ctx.outbox.queue(tx, { ...request.mail(mailed), discard: true })
}

/**
 * Adds to a link the address that it leads on to.
 *
 * It is encoded, so that a mail shows no text that a caller typed. The server judges it again when the link is opened.
 */
function landAt(link: string, redirectTo: string | undefined): string {
  if (redirectTo === undefined) return link
  return `${link}?${LANDING_QUERY}=${Buffer.from(redirectTo).toString('base64url')}`
}

function describeLink(ctx: Context, link: string, lifetimeSeconds: number): MailedLink {
  return { link, lifetime: lifetimeSeconds, requestedAt: ctx.clock.epochSeconds() * 1000 }
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
