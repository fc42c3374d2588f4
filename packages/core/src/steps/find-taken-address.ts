import type { Context } from '../context.ts'
import { isEmailTaken } from '../tables/users/find.ts'
import type { FieldFaults } from '../words/errors.ts'
import { SENTENCES } from '../words/sentences.ts'

/** The refusal of a taken address. */
export const TAKEN_ADDRESS: FieldFaults = {
  email: [SENTENCES.takenAddress],
}

/** Returns the refusal if a user has the address; no fields for a free or a left-out address. */
export async function findTakenAddress(ctx: Context, email: string | undefined): Promise<FieldFaults> {
  return email !== undefined && (await isEmailTaken(ctx.db, email)) ? TAKEN_ADDRESS : {}
}
