import type { Context } from '../../context.ts'
import { findNewestPending } from '../../tables/pending-registrations/statements.ts'

/** Answers whether a sign-up with a normalised address waits for its mailed link; for the operator. */
export async function hasPendingSignUp(ctx: Context, email: string): Promise<boolean> {
  return (await findNewestPending(ctx.db, ctx.clock, email)) !== null
}
