import type { Call } from '../http/send.ts'
import type { HeldTokens, Mode } from '../session/held-tokens.ts'
import type { TokenStorage } from '../session/storage.ts'

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
  /** Is called before each call of an operation; the function that it returns gets the answer. */
  watch?: (call: Call) => (answer: unknown) => void
  /** Requests new tokens, and tells no other tab. */
  renewQuietly(): Promise<HeldTokens | null>
  /** What `close` calls. */
  readonly stops: ((() => void) | undefined)[]
}
