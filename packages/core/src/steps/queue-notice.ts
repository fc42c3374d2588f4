import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { countNotice } from './count-mail.ts'
import { describeNow } from './send-link.ts'

/** The holder of an address that a notice goes to. */
export interface NoticeRecipient {
  email: string
  /** Whether the address was proven to be the user's. */
  emailVerified: boolean
}

/** What a notice tells. */
export type Notice =
  | { kind: 'password-changed' }
  | { kind: 'email-changed' | 'email-change-requested'; newEmail: string }

/** What an unproven address reads in place of an address that a caller typed. */
const UNNAMED_ADDRESS = 'another address'

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
  const { email, emailVerified: isProven } = to
  const afterSeconds = await countNotice(ctx, { kind: notice.kind, email, isProven })
  if (afterSeconds === null) {
    ctx.log.info({ event: 'notice_left_out', kind: notice.kind }, 'another notice stands for this one')
    return
  }
  await ctx.outbox.queue(tx, { ...compose(ctx, notice, { email, isProven }), to: email, afterSeconds })
}

function compose(ctx: Context, notice: Notice, recipient: { email: string; isProven: boolean }) {
  const { email } = recipient
  const now = describeNow(ctx)
  if (notice.kind === 'password-changed') {
    return { kind: notice.kind, variables: { email, changedAt: now } } as const
  }
  const newEmail = recipient.isProven ? notice.newEmail : UNNAMED_ADDRESS
  return notice.kind === 'email-changed'
    ? ({ kind: notice.kind, variables: { email, newEmail, changedAt: now } } as const)
    : ({ kind: notice.kind, variables: { email, newEmail, requestedAt: now } } as const)
}
