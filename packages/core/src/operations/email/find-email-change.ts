import type { Context } from '../../context.ts'
import type { Identity } from '../../steps/identity.ts'
import { findPendingEmailChange, type PendingEmailChange } from '../../tables/capabilities/email-changes.ts'

/** Finds the change of address of the caller that waits for its link. A taken new address is shown as a free one. */
export async function findEmailChange(
  ctx: Context,
  input: { identity: Identity },
): Promise<PendingEmailChange | null> {
  return findPendingEmailChange(ctx.db, ctx.clock, input.identity.userId)
}
