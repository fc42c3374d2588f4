import type { Context } from '../context.ts'
import { isEmailTaken } from '../tables/users/find.ts'
import type { FieldErrors } from '../words/errors.ts'
import { SENTENCES } from '../words/sentences.ts'

/** The refusal of a taken address. */
export const TAKEN_ADDRESS: FieldErrors = {
  email: [SENTENCES.takenAddress],
}

/** Returns the refusal if a user has the address; no fields for a free or a left-out address. */
export async function findTakenAddress(ctx: Context, email: string | undefined): Promise<FieldErrors> {
  return email !== undefined && (await isEmailTaken(ctx.db, email)) ? TAKEN_ADDRESS : {}
}
