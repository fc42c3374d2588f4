import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import type { ConnectionChange } from '../services/mail/mail-kinds.ts'
import type { UserId } from '../words/ids.ts'
import { nameProvider } from './name-provider.ts'
import { findNoticeReader } from './queue-factor-mail.ts'

/** Tells a user that an account at a provider signs it in from now on, or no more, in the transaction of the change. */
export async function queueConnectionMail(
  ctx: Context,
  tx: Database,
  changed: { userId: UserId; provider: string; change: ConnectionChange['kind'] },
): Promise<void> {
  const { userId, provider, change: kind } = changed
  const user = await findNoticeReader(ctx, tx, userId)
  if (!user) return
  const { email, language } = user
  const change = { kind, provider: nameProvider(ctx, provider) }
  const variables = { email, change, changedAt: ctx.clock.epochSeconds() * 1000 }
  await ctx.outbox.queue(tx, { kind: 'connection-changed', to: email, language, variables })
}
