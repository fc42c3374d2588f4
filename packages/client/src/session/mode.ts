import type { Call, Send } from '../http/send.ts'
import type { HeldTokens } from './held-tokens.ts'

/**
 * Where the refresh token is kept, and what follows from it.
 *
 * A program passes a mode on as it is. What is in it changes with the client.
 */
export interface Mode {
  /** Whether the refresh token is in a cookie. A request that needs or sets the cookie is sent with credentials. */
  readonly withCookies: boolean
  /** The item of a signed-out client; null removes the item. */
  readonly signedOut: string | null
  /** Prints the item that other tabs and the next start read. */
  print(held: HeldTokens): string
  /** @returns null when the item is no session */
  parse(item: string): HeldTokens | null
  /**
   * Sends one request for new tokens.
   *
   * @param limits - of the request
   * @returns the body of the answer
   */
  requestTokens(send: Send, held: HeldTokens, limits: Partial<Call>): Promise<unknown>
  /** Makes sure, before a sign-in, that the session can be ended after it. */
  prepareEnd?(
    tokenStore: { read(): Promise<HeldTokens | null> },
    refresh: (rejected: null) => Promise<unknown>,
  ): Promise<unknown>
  /** Ends a session at the server, whose tokens are not kept. */
  endSession(send: Send, held: HeldTokens): Promise<unknown>
  /** Warns a developer of a server that the mode does not work with. */
  check?(baseUrl: string): void
}
