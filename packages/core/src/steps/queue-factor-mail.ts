import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import type { FactorChange } from '../services/mail/mail-kinds.ts'
import type { Credentials } from '../tables/users/columns.ts'
import { findCredentials } from '../tables/users/find.ts'
import type { UserId } from '../words/ids.ts'
import { mayWriteToUnproven } from './count-mail.ts'

/**
 * Tells a user what changed about its second factors, in the transaction of the change.
 *
 * A proven address reads of every change. Nobody else can cause one, so no limit leaves one out.
 */
export async function queueFactorMail(
  ctx: Context,
  tx: Database,
  { userId, change }: { userId: UserId; change: FactorChange },
): Promise<void> {
  const user = await findNoticeReader(ctx, tx, userId)
  if (!user) return
  const { email, language } = user
  const variables = { email, change, changedAt: ctx.clock.epochSeconds() * 1000 }
  await ctx.outbox.queue(tx, { kind: 'second-factor-changed', to: email, language, variables })
}

/** Warns a user that codes were tried until they are refused. */
export async function queueLockMail(ctx: Context, tx: Database, userId: UserId): Promise<void> {
  const user = await findNoticeReader(ctx, tx, userId)
  if (!user) return
  const { email, language } = user
  const variables = { email, happenedAt: ctx.clock.epochSeconds() * 1000 }
  await ctx.outbox.queue(tx, { kind: 'second-factor-locked', to: email, language, variables })
}

/** Finds the user to write to. A stranger can sign up with any address, so an unproven one gets one notice a day. */
export async function findNoticeReader(
  ctx: Context,
  tx: Database,
  userId: UserId,
): Promise<Credentials | null> {
  const user = await findCredentials(tx, userId)
  if (!user || user.emailVerified || (await mayWriteToUnproven(ctx, user.email))) return user
  ctx.log.info({ event: 'notice_left_out' }, 'another notice stands for this one')
  return null
}
