import { v7 as uuidv7 } from 'uuid'

export { isId } from '@latchkey/contract/ids'

/** A user's id: UUIDv7 in lower case, also the `sub` of its tokens. */
export type UserId = string & { readonly brand: 'UserId' }
/** A session's id: UUIDv7 in lower case, the `session` claim of its tokens. */
export type SessionId = string & { readonly brand: 'SessionId' }
/** A pending sign-up's id: UUIDv7 in lower case. */
export type RegistrationId = string & { readonly brand: 'RegistrationId' }
/** The id of an event in the audit trail: UUIDv7 in lower case. */
export type EventId = string & { readonly brand: 'EventId' }

/** Makes an id. Ids are ordered by time, so that inserts touch only the right edge of an index. */
export function newId<Id extends UserId | SessionId | RegistrationId | EventId>(): Id {
  return uuidv7() as Id
}
