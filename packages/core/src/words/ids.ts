import { createHash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'

export { isId } from '@latchkey/contract/ids'

const RANDOM_BYTES = 16

/** A user's id: UUIDv7 in lower case, also the `sub` of its tokens. */
export type UserId = string & { readonly brand: 'UserId' }
/** A session's id: UUIDv7 in lower case, the `session` claim of its tokens. */
export type SessionId = string & { readonly brand: 'SessionId' }
/** A pending sign-up's id: UUIDv7 in lower case. */
export type RegistrationId = string & { readonly brand: 'RegistrationId' }
/** The id of an event in the audit trail: UUIDv7 in lower case. */
export type EventId = string & { readonly brand: 'EventId' }

/** A passkey's id: UUIDv7 in lower case. */
export type PasskeyId = string & { readonly brand: 'PasskeyId' }
/** A connection's id: UUIDv7 in lower case. */
export type ConnectionId = string & { readonly brand: 'ConnectionId' }
/** The id of a confirmed authenticator app: UUIDv7 in lower case, another one after each activation. */
export type TotpFactorId = string & { readonly brand: 'TotpFactorId' }

/** Makes an id. Ids are ordered by time, so that inserts touch only the right edge of an index. */
export function newId<
  Id extends UserId | SessionId | RegistrationId | EventId | PasskeyId | ConnectionId | TotpFactorId,
>(): Id {
  return uuidv7() as Id
}

/**
 * Makes the id of an event that happens once in a window: the same id for the same key and window.
 *
 * @param window.startsAt - milliseconds since the epoch; the id sorts as if it was made then
 */
export function eventIdOf(window: { key: string; startsAt: number }): EventId {
  const digest = createHash('sha256').update(window.key).digest()
  const [random, seq] = [digest.subarray(0, RANDOM_BYTES), digest.readUInt32BE(RANDOM_BYTES)]
  return uuidv7({ msecs: window.startsAt, random, seq }) as EventId
}
