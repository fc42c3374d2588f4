import type { Context } from '../../context.ts'
import { hasConfirmable } from '../../tables/pending-registrations/statements.ts'

/** Answers whether a sign-up with a normalised address waits for its mailed link; for the operator. */
export function hasPendingSignUp(ctx: Context, email: string): Promise<boolean> {
  return hasConfirmable(ctx.db, ctx.clock, email)
}
