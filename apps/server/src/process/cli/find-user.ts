import { isId, normalizeEmail } from '@latchkey/contract'
import type { Context, StaffUser } from '@latchkey/core'
import { findUserByEmail } from '@latchkey/core/operations/staff/find-user-by-email'
import { findUserByExternalId } from '@latchkey/core/operations/staff/find-user-by-external-id'
import { getUser } from '@latchkey/core/operations/staff/get-user'
import { hasPendingSignUp } from '@latchkey/core/operations/staff/has-pending-sign-up'
import { UsageError } from './usage-error.ts'

/** A user as an operator names it. */
export type Who = { email: string } | { id: string }

/** The characters of the ids of other systems, such as `17` and `auth0|5f7c`. */
const ID = /^[\w.:|-]{1,255}$/

/**
 * Reads the address or an id of a user: its own, or the one that other services know it by.
 *
 * Any text with an `@` is an address here: a user may have an address that this version would refuse at a sign-up.
 */
export function readWho(text: string | undefined): Who {
  const named = text ?? ''
  if (named.includes('@')) return { email: normalizeEmail(named) }
  const id = named.trim()
  if (ID.test(id)) return { id }
  throw new UsageError(
    `"${named}" is neither an address such as ada@example.com nor the id of an account; latchkey user list shows both.`,
  )
}

/** @throws when no user has this address or this id; the message names the address or the id */
export async function requireUser(ctx: Context, who: Who): Promise<StaffUser> {
  const found = 'email' in who ? await findUserByEmail(ctx, who.email) : await findUserById(ctx, who.id)
  if (!found) throw new Error(await describeAbsence(ctx, who))
  return found
}

async function findUserById(ctx: Context, id: string): Promise<StaffUser | null> {
  const own = isId(id.toLowerCase()) && (await getUser(ctx, { userId: id.toLowerCase() }).catch(() => null))
  return own || findUserByExternalId(ctx, id)
}

async function describeAbsence(ctx: Context, who: Who): Promise<string> {
  if (!('email' in who)) return `There is no account ${who.id}.`
  const absence = `There is no account ${who.email}.`
  if (!(await hasPendingSignUp(ctx, who.email))) return absence
  return `${absence} A sign-up with this address waits for its mailed link; latchkey user create makes an account at once.`
}
