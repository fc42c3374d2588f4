import { LatchkeyError } from '../http/error.ts'
import { isObject } from '../http/read-refusal.ts'
import type { Send } from '../http/send.ts'
import type { Mode } from '../session/request-tokens.ts'
import type { InternalSession } from '../session/session.ts'
import type { Detail } from './bodies.ts'

/**
 * Sends calls in the name of whoever is signed in.
 *
 * A refused token is renewed and the call sent again, once, and only for the same person.
 *
 * @param perform - sends the call with a token
 */
export type CallAsUser = <T>(perform: (access: string) => Promise<T>) => Promise<T>

/** What operations are made of. */
export interface OperationContext {
  send: Send
  session: InternalSession
  callAsUser: CallAsUser
  /** Sends a call in the name of whoever is signed in. */
  sendAsUser: Send
  mode: Mode
}

/** Makes what calls in the name of the session. */
export function createCallAsUser(session: InternalSession): CallAsUser {
  return async (perform) => {
    const access = await session.accessToken()
    if (access === null) throw new LatchkeyError('not_authenticated', 'Nobody is signed in.', { status: 401 })
    try {
      return await perform(access)
    } catch (error) {
      if (!isTokenRefused(error)) throw error
      const renewed = await session.renew(access)
      if (renewed === null) throw error
      return perform(renewed)
    }
  }
}

/**
 * Writes a query behind a path, without what is undefined.
 *
 * @returns `/users/?limit=5`
 */
export function withQuery(path: string, query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path
}

/**
 * Picks the sentence of an answer; the tokens beside it are nobody's business.
 *
 * @throws {LatchkeyError} `unexpected_answer` - there is none
 */
export function pickDetail(answer: unknown): Detail {
  if (isObject(answer) && typeof answer.detail === 'string') return { detail: answer.detail }
  throw new LatchkeyError('unexpected_answer', 'The answer is not from the server.')
}

function isTokenRefused(error: unknown): boolean {
  return error instanceof LatchkeyError && error.status === 401 && error.code !== 'unexpected_answer'
}
