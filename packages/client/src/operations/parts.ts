import type { Call, Send } from '../http/send.ts'
import type { Mode } from '../session/mode.ts'
import type { TokenStorage } from '../session/storage.ts'
import type { CallAsUser } from './call-as-user.ts'

/**
 * What changed of the own user: details, or also the claims of the tokens (role, `email_verified`). The other tabs are
 * told by a note in the storage. The note says nothing about the user.
 */
export type UserChange = 'details' | 'claims'

/** The key of the hidden parts of a client. It is the same in two copies of the package in one program. */
export const PARTS = Symbol.for('@latchkey/client/parts')

/** The parts of a client that its other entries build on. They are no part of its interface. */
export interface ClientParts {
  readonly mode: Mode
  readonly storage: TokenStorage
  /** The key of the note for the other tabs: the change, a space, and a random number. */
  readonly noteKey: string
  /** The last note of this tab, which is no news to it. */
  ownNote: string
  /** Sends every request. */
  readonly fetch: typeof fetch
  /** Sends the calls of the operations. */
  readonly send: Send
  /** Is called before each call of an operation; the function that it returns gets the answer. */
  watch?: (call: Call) => (answer: unknown) => void
  readonly callAsUser: CallAsUser
  /** Sends a call as the signed-in user, as every operation does. */
  readonly sendAsUser: Send
  /** What `close` calls. */
  readonly stops: ((() => void) | undefined)[]
}

/**
 * Returns the hidden parts of a client.
 *
 * @throws {TypeError} the client is not from `createClient`
 */
export function partsOf(client: object): ClientParts {
  const parts = (client as { [PARTS]?: ClientParts })[PARTS]
  if (parts) return parts
  throw new TypeError('The client must be one of createClient.')
}
