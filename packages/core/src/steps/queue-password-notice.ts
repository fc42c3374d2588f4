import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { describeNow } from './send-link.ts'

/** Queues the notice that a user's password was changed, in the transaction that changes it. */
export async function queuePasswordNotice(ctx: Context, tx: Database, email: string): Promise<void> {
  const variables = { email, changedAt: describeNow(ctx) }
  await ctx.outbox.queue(tx, { kind: 'password-changed', to: email, variables })
}
