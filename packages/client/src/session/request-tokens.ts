import { LatchkeyError } from '../http/error.ts'
import { endsSession } from '../http/read-refusal.ts'
import type { Send } from '../http/send.ts'
import { type Held, holdTokens, type TokenPair } from './held-tokens.ts'
import type { Vault } from './token-store.ts'

/** Where the refresh token lives: in the storage, or in a cookie that no script can read. */
export type Mode = 'token' | 'cookie'

/** What became of one request for a new pair. */
export type Outcome =
  /** An answer came and was taken in, or dropped for what is held now. */
  | { kind: 'landed'; held: Held | null }
  /** The server says that the session is over. */
  | { kind: 'over' }
  | { kind: 'failed'; error: unknown }

interface ExchangeOptions {
  vault: Vault
  send: Send
  mode: Mode
}

/** One request for a new pair. */
export interface Attempt {
  /** What is held when it is sent. */
  sent: Held
  /** Until it is cut off; an answer before that is still good, however late. */
  timeoutMilliseconds: number
  abort: AbortController
}

/** Asks once for a new pair and takes the answer in, whenever it comes; never rejects. */
export async function exchange(options: ExchangeOptions, attempt: Attempt): Promise<Outcome> {
  const { vault, send, mode } = options
  const { sent, ...limits } = attempt
  const sentAt = Date.now()
  try {
    const body = await send({
      method: 'POST',
      path: '/refresh/',
      body: sent.refresh === null ? {} : { refresh: sent.refresh },
      withCookies: mode === 'cookie',
      ...limits,
    })
    return { kind: 'landed', held: await vault.merge(sent, readPair(body, mode, sentAt)) }
  } catch (error) {
    return error instanceof LatchkeyError && endsSession(error) ? { kind: 'over' } : { kind: 'failed', error }
  }
}

/**
 * Reads the pair of an answer.
 *
 * @throws {LatchkeyError} `unexpected_answer` - it is none, or the server runs in the other mode
 */
export function readPair(body: unknown, mode: Mode, sentAt: number): Held {
  const held = holdTokens(body as TokenPair, sentAt)
  if (held && (held.refresh === null) === (mode === 'cookie')) return held
  throw new LatchkeyError(
    'unexpected_answer',
    held ? `The server does not run in the client's mode '${mode}'.` : 'The answer has no tokens.',
  )
}
