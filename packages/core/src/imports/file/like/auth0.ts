import type { Fields } from '../records.ts'
import { isFields, type Likeness, listFields } from './fields.ts'

/**
 * A line of the export with password hashes that Auth0's support makes.
 *
 * An address may stand in `identifiers` alone. The `$oid` begins with the seconds of its making.
 */
export function fromAuth0(given: Fields): Likeness {
  const oid = isFields(given._id) ? given._id.$oid : given._id
  const address = listFields(given.identifiers).find(({ type }) => type === 'email')
  const id = given.alt_id ?? oid
  const seconds =
    typeof oid === 'string' && /^[0-9a-f]{24}$/i.test(oid) ? Number.parseInt(oid.slice(0, 8), 16) : null
  const fields = {
    external_id: typeof id === 'string' && id !== '' ? `auth0|${id}` : id,
    email: given.email ?? address?.value,
    email_verified: given.email_verified ?? address?.verified,
    first_name: given.given_name,
    last_name: given.family_name,
    is_active: given.blocked !== true,
    created_at: seconds === null ? null : new Date(seconds * 1000).toISOString(),
    password_hash: given.passwordHash,
  }
  return { fields, remarks: [] }
}
