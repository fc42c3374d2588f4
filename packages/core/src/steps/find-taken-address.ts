import type { Context } from '../context.ts'
import { isEmailTaken } from '../tables/users/find.ts'
import type { FieldErrors } from '../words/errors.ts'
import { SENTENCES } from '../words/sentences.ts'

/** The sentence of an address that a user has. */
export const TAKEN_ADDRESS: FieldErrors = {
  email: [SENTENCES.takenAddress],
}

/** Says that a user has the address; nothing for a free one, and for one that was refused for its form. */
export async function findTakenAddress(ctx: Context, email: string | undefined): Promise<FieldErrors> {
  return email !== undefined && (await isEmailTaken(ctx.db, email)) ? TAKEN_ADDRESS : {}
}
