import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import type { MailRequest } from '../services/mail/mail-kinds.ts'
import { countNotice, type NoticeKind } from './count-mail.ts'

/** The holder of an address that a notice goes to. */
export interface NoticeRecipient {
  email: string
  /** Whether the address was proven to be the user's. */
  emailVerified: boolean
  /** Null for the default language. */
  language: string | null
}

type AddressNoticeKind = 'email-changed' | 'email-change-requested'

/** What a notice tells. A change of password names the providers that sign the user in besides. */
export type Notice =
  | { kind: Exclude<NoticeKind, AddressNoticeKind | 'password-changed'> }
  | { kind: 'password-changed'; connections: string[] }
  | { kind: AddressNoticeKind; newEmail: string }

/**
 * Queues a notice in the transaction of what it tells, unless another notice stands for it.
 *
 * A notice to an unproven address has no text that a caller chose.
 */
export async function queueNotice(
  ctx: Context,
  tx: Database,
  { to, ...notice }: Notice & { to: NoticeRecipient },
): Promise<void> {
  const { email, emailVerified: isProven, language } = to
  const afterSeconds = await countNotice(ctx, { kind: notice.kind, email, isProven })
  if (afterSeconds === null) {
    ctx.log.info({ event: 'notice_left_out', kind: notice.kind }, 'another notice stands for this one')
    return
  }
  await ctx.outbox.queue(tx, { ...compose(ctx, notice, { email, isProven, language }), afterSeconds })
}

function compose(
  ctx: Context,
  notice: Notice,
  recipient: { email: string; isProven: boolean; language: string | null },
): MailRequest {
  const { email, isProven, language } = recipient
  const addressed = { to: email, language }
  const now = ctx.clock.epochSeconds() * 1000
  if ('connections' in notice) {
    const { kind, connections } = notice
    return { ...addressed, kind, variables: { email, changedAt: now, connections } }
  }
  if (!('newEmail' in notice))
    return { ...addressed, kind: notice.kind, variables: { email, changedAt: now } }
  // An unproven address reads no address that a caller typed. The mail then says "another address".
  const newEmail = isProven ? notice.newEmail : null
  const variables = { email, newEmail }
  return notice.kind === 'email-changed'
    ? { ...addressed, kind: notice.kind, variables: { ...variables, changedAt: now } }
    : { ...addressed, kind: notice.kind, variables: { ...variables, requestedAt: now } }
}
