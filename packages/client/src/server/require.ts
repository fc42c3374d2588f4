import type { Identity } from './identity.ts'
import { AccessRefusal } from './refusal.ts'

/** The role of staff. */
export const STAFF = 1000
/** The role of superusers; no more than another number: name it wherever superusers may. */
export const SUPERUSER = 900

/**
 * Lets only some roles go on.
 *
 * Roles are a set, not a ladder: 1000 does not include 900.
 *
 * @throws {AccessRefusal} `permission_denied`
 */
export function requireRole(identity: Identity, ...roles: number[]): void {
  if (!roles.includes(identity.role)) throw new AccessRefusal('permission_denied')
}

/**
 * Lets only those go on whose address is proven.
 *
 * @throws {AccessRefusal} `email_not_verified`
 */
export function requireVerifiedEmail(identity: Identity): void {
  if (!identity.emailVerified) throw new AccessRefusal('email_not_verified')
}
