import { normalizeEmail } from '@latchkey/contract'
import type { Context, StaffUser } from '@latchkey/core'
import { findUserByEmail } from '@latchkey/core/operations/staff/find-user-by-email'
import { getUser } from '@latchkey/core/operations/staff/get-user'

/** @throws when no user has this address or this id; the message names the address or the id */
export async function requireUser(ctx: Context, named: string | undefined): Promise<StaffUser> {
  const name = named ?? ''
  const found = name.includes('@')
    ? await findUserByEmail(ctx, normalizeEmail(name))
    : await getUser(ctx, { userId: name.toLowerCase() }).catch(() => null)
  if (!found) throw new Error(`There is no account ${name}.`)
  return found
}
