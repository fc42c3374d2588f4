import { LatchkeyError } from '../http/error.ts'
import { isObject } from '../http/read-refusal.ts'
import type { Send } from '../http/send.ts'
import { type HeldTokens, parseTokens, type TokenPair } from './held-tokens.ts'
import type { Mode } from './mode.ts'
import type { TokenStore } from './token-store.ts'

/** The outcome of one request for new tokens. */
export type Outcome =
  /** The server answered with tokens; `held` are the tokens after the answer was merged. */
  { held: HeldTokens | null } | { error: unknown }

interface RequestTokensOptions {
  tokenStore: Pick<TokenStore, 'merge'>
  send: Send
  mode: Mode
}

/** One request for new tokens. */
export interface Attempt {
  /** The tokens that are held when the request is sent. */
  sent: HeldTokens
  /** The time after which the request is aborted; an answer before that counts, however late it is. */
  timeoutMilliseconds: number
  abort: AbortController
}

/** Requests new tokens once (`POST /refresh/`) and merges the answer whenever it comes; never rejects. */
export async function requestTokens(
  { tokenStore, send, mode }: RequestTokensOptions,
  { sent, ...limits }: Attempt,
): Promise<Outcome> {
  const sentAt = Date.now()
  try {
    const body = await mode.requestTokens(send, sent, { ...limits, refreshes: sent })
    return { held: await tokenStore.merge(sent, readTokens(body, mode, sentAt)) }
  } catch (error) {
    return { error }
  }
}

/**
 * Reads the token pair of an answer.
 *
 * @throws {LatchkeyError} `unexpected_answer` - the answer has no tokens, or the server runs in the other mode
 */
export function readTokens(body: unknown, mode: Mode, sentAt: number): HeldTokens {
  const held = isObject(body) ? parseTokens(body as unknown as TokenPair, sentAt) : null
  if (held && (held.refresh === null) === mode.withCookies) return held
  throw new LatchkeyError('unexpected_answer', held ? 'The server runs in the other mode.' : 'No tokens.')
}
