import { ROLE_MAX, roleField, STAFF_ROLE, SUPERUSER_ROLE } from '@latchkey/contract'
import { UsageError } from './usage-error.ts'

const ROLES = new Map([
  ['user', 0],
  ['staff', STAFF_ROLE],
  ['superuser', SUPERUSER_ROLE],
])

/** The roles with a name, as a help or a sentence lists them. */
export const ROLE_CHOICES = [...ROLES].map(([name, role]) => `${name} (${role})`).join(', ')

/**
 * Reads a role: its name or its number.
 *
 * @throws {UsageError} listing the roles
 */
export function readRole(text: unknown): number {
  const named = ROLES.get(String(text).toLowerCase())
  if (named !== undefined) return named
  const read = roleField().safeParse(text)
  if (read.success) return read.data
  throw new UsageError(
    `"${text}" is no role. The roles are ${ROLE_CHOICES}, or a number of your own up to ${ROLE_MAX}.`,
  )
}
