import type { Context } from '../context.ts'
import type { MailKind } from '../services/mail/mail-kinds.ts'
import type { UserId } from '../words/ids.ts'
import { findMailbox } from '../words/mailbox.ts'
import { count } from './count.ts'

/** The kinds of mail that tell a user what happened. Each has a counter of its own. */
export type NoticeKind = Extract<
  MailKind,
  | 'account-deactivated'
  | 'account-deleted'
  | 'account-reactivated'
  | 'email-change-requested'
  | 'email-changed'
  | 'password-changed'
  | 'password-set'
>

/**
 * Counts a mail that anybody can cause to a mailbox, also when no user has the address.
 *
 * @param email - normalised
 * @throws {DomainError} `throttled`
 */
export function countMail(ctx: Context, email: string): Promise<void> {
  return count(ctx, { limit: 'mail', key: findMailbox(email) })
}

/**
 * Counts a mail that staff send to a mailbox, apart from those that anybody can cause. Otherwise a thief would keep staff
 * from a reset of second factors by asking for resets of the password.
 *
 * @param email - normalised
 * @throws {DomainError} `throttled`
 */
export function countStaffMail(ctx: Context, email: string): Promise<void> {
  return count(ctx, { limit: 'mail', key: `by staff ${findMailbox(email)}` })
}

/**
 * Counts the changes of address that a user asks for, because each of them mails an address of the caller's choice.
 *
 * @throws {DomainError} `throttled`
 */
export function countAddressRequest(ctx: Context, userId: UserId): Promise<void> {
  return count(ctx, { limit: 'mail', key: `requests of ${userId}`, userId })
}

/**
 * Counts a notice by its mailbox, apart from the mails that strangers cause, and decides when it is sent.
 *
 * Over the limit one more notice is sent when the window ends. It stands for all further ones, so an attacker silences no
 * change by causing many. An unproven address gets one notice of any kind a day, because its owner may never have heard
 * of this server.
 *
 * @returns the seconds until it is sent, 0 for at once; null when another notice stands for it
 * @see decision 084
 */
export async function countNotice(
  ctx: Context,
  notice: { kind: NoticeKind; email: string; isProven: boolean },
): Promise<number | null> {
  const { kind, isProven } = notice
  const mailbox = findMailbox(notice.email)
  if (!isProven) return (await mayWriteToUnproven(ctx, notice.email)) ? 0 : null
  const excess = await ctx.throttle.take('mail', `${kind} ${mailbox}`)
  if (!excess) return 0
  return excess.isFirst ? excess.waitSeconds : null
}

/**
 * Counts a notice to an unproven address, whose owner may never have heard of this server.
 *
 * @param email - normalised
 * @returns false when it had its notice of the day
 */
export async function mayWriteToUnproven(ctx: Context, email: string): Promise<boolean> {
  return (await ctx.throttle.take('unproven', findMailbox(email))) === null
}
