import { createHash } from 'node:crypto'
import { isId, type SessionId, type UserId } from './ids.ts'

/** What kind of key the users of another deployment have. */
export type KeyType = 'uuid' | 'integer' | 'text'

/** The last time that the 48 bits of a UUIDv7 can hold, in milliseconds since the epoch. */
const LAST_MILLISECOND = 2 ** 48 - 1
const HEX_DIGITS = /^[0-9a-f]{32}$/

/** A user as its deployment knows it. */
export interface ImportedKey {
  /** The name of the deployment: what `imports.source` says. */
  source: string
  /** The key of the user there, as text. */
  oldId: string
  keyType: KeyType
  /** When the user was made there; null where that is not known. Its id then sorts before all others. */
  createdAt: Date | null
}

/**
 * Makes the id that a user of another deployment gets here. It needs no look-up to be the same in every run of an import.
 *
 * A UUID stays as it is, in lower case and with its dashes. For any other key the id is a UUIDv7 of the time at which the
 * user was made, and its further bits are those of a hash of the source and the key.
 *
 * @throws {RangeError} a key of a source with UUIDs is none; the message has the key
 * @see decision 136
 */
export function userIdOf({ source, oldId, keyType, createdAt }: ImportedKey): UserId {
  if (keyType === 'uuid') return readUuid(oldId)
  const bytes = createHash('sha256')
    .update(`latchkey/import/${source}/user/${oldId}`)
    .digest()
    .subarray(0, 16)
  const milliseconds = Math.trunc(createdAt?.getTime() || 0)
  bytes.writeUIntBE(Math.min(Math.max(milliseconds, 0), LAST_MILLISECOND), 0, 6)
  // The version of RFC 9562 is 7, and its variant is 10 in binary.
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return dash(bytes.toString('hex')) as UserId
}

/** The id that is stored beside {@link userIdOf} for the claim `user_id`; null when the two are the same. */
export function externalIdOf({ oldId, keyType }: Pick<ImportedKey, 'oldId' | 'keyType'>): string | null {
  return keyType === 'uuid' ? null : oldId
}

/** Answers whether the id of a user is its key at the source. Such a user needs no other id for other services. */
export function usesKeyAsId({ userId, oldId }: { userId: UserId; oldId: string }): boolean {
  const key = oldId.trim().toLowerCase()
  return (HEX_DIGITS.test(key) ? dash(key) : key) === userId
}

/**
 * Makes the id that a session of a Django deployment gets here: its 32 hexadecimal digits, with dashes.
 *
 * @returns null for a text of any other form
 */
export function sessionIdOf(session: string): SessionId | null {
  return HEX_DIGITS.test(session) ? (dash(session) as SessionId) : null
}

/** Some databases have no type for a UUID and keep its digits alone. */
function readUuid(key: string): UserId {
  const text = key.trim().toLowerCase()
  const id = HEX_DIGITS.test(text) ? dash(text) : text
  if (!isId(id)) throw new RangeError(`The key ${JSON.stringify(key)} is no UUID.`)
  return id as UserId
}

function dash(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
