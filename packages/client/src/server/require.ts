import type { Identity } from './identity.ts'
import { AccessRefusal } from './refusal.ts'

/** The role of staff. */
export const STAFF = 1000
/** The role of superusers. It does not include the role of staff: name both where both are admitted. */
export const SUPERUSER = 900

/**
 * Requires one of the roles.
 *
 * No role includes another: 1000 does not include 900.
 *
 * @throws {AccessRefusal} `permission_denied`
 */
export function requireRole(identity: Identity, ...roles: number[]): void {
  if (!roles.includes(identity.role)) throw new AccessRefusal('permission_denied')
}

/**
 * Requires a verified address.
 *
 * @throws {AccessRefusal} `email_not_verified`
 */
export function requireVerifiedEmail(identity: Identity): void {
  if (!identity.emailVerified) throw new AccessRefusal('email_not_verified')
}
