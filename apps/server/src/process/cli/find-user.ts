import { isId, normalizeEmail } from '@latchkey/contract'
import type { Context, StaffUser } from '@latchkey/core'
import { findUserByEmail } from '@latchkey/core/operations/staff/find-user-by-email'
import { getUser } from '@latchkey/core/operations/staff/get-user'
import { hasPendingSignUp } from '@latchkey/core/operations/staff/has-pending-sign-up'
import { UsageError } from './usage-error.ts'

/** A user as an operator names it. */
export type Who = { email: string } | { userId: string }

/**
 * Reads the address or the id of a user.
 *
 * Any text with an `@` is an address here: a user may have an address that this version would refuse at a sign-up.
 */
export function readWho(text: string | undefined): Who {
  const named = text ?? ''
  if (named.includes('@')) return { email: normalizeEmail(named) }
  const userId = named.trim().toLowerCase()
  if (isId(userId)) return { userId }
  throw new UsageError(
    `"${named}" is neither an address such as ada@example.com nor the id of an account; latchkey user list shows both.`,
  )
}

/** @throws when no user has this address or this id; the message names the address or the id */
export async function requireUser(ctx: Context, who: Who): Promise<StaffUser> {
  const found =
    'email' in who ? await findUserByEmail(ctx, who.email) : await getUser(ctx, who).catch(() => null)
  if (!found) throw new Error(await describeAbsence(ctx, who))
  return found
}

async function describeAbsence(ctx: Context, who: Who): Promise<string> {
  if (!('email' in who)) return `There is no account ${who.userId}.`
  const absence = `There is no account ${who.email}.`
  if (!(await hasPendingSignUp(ctx, who.email))) return absence
  return `${absence} A sign-up with this address waits for its mailed link; latchkey user create makes an account at once.`
}
