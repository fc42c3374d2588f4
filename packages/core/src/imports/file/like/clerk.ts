import type { Fields } from '../records.ts'
import type { Likeness } from './fields.ts'

const SEPARATORS = /[\s,;|]+/

/** A line of the CSV of Clerk's dashboard. Only the primary address is an address to sign in with here. */
export function fromClerk(given: Fields): Likeness {
  const email = given.primary_email_address
  const verified = String(given.verified_email_addresses ?? '').split(SEPARATORS)
  const fields = {
    external_id: given.id,
    email,
    email_verified: typeof email === 'string' && verified.includes(email),
    first_name: given.first_name,
    last_name: given.last_name,
    created_at: given.created_at,
    password_hash: given.password_digest,
    password_hasher: given.password_hasher,
    totp_secret: given.totp_secret,
  }
  const others = verified.filter((address) => address !== '' && address !== email)
  return { fields, remarks: others.map((detail) => ({ word: 'secondary_address', detail })) }
}
