import { LatchkeyError } from '../http/error.ts'
import type { Endings } from './endings.ts'
import type { Handover, Handovers } from './handover.ts'
import type { HeldTokens } from './held-tokens.ts'
import { type Mode, readTokens } from './request-tokens.ts'
import type { TokenStore } from './token-store.ts'

/** The changes of the held tokens other than refreshes. */
export interface TokenChanges {
  /**
   * Sends a request that signs a user in, and keeps the tokens of the answer.
   *
   * @param request - resolves to the body of the answer
   * @throws {LatchkeyError} `not_authenticated` - the user signed out before the answer came
   */
  signIn<T>(request: () => Promise<T>): Promise<T>
  /** Sends a request that replaces the tokens of the current session; a sign-out meanwhile discards the new tokens. */
  replace<T>(request: () => Promise<T>): Promise<T>
  /**
   * Forgets the session.
   *
   * @param reason - why, when the user did not sign out
   * @returns the tokens that were held
   */
  end(reason?: 'account_gone'): Promise<HeldTokens | null>
}

interface ChangeOptions {
  tokenStore: TokenStore
  mode: Mode
  handovers: Handovers
  endings: Endings
  /** Ends a session at the server, because its tokens are not kept. */
  discard: (held: HeldTokens) => void
}

/** Keeps the tokens of an answer; false when they were not kept. */
type Keep = (answer: HeldTokens, before: HeldTokens | null, handover: Handover) => Promise<boolean>

/** Creates the changes of the tokens in a store. */
export function createTokenChanges(options: ChangeOptions): TokenChanges {
  const { tokenStore, mode, handovers, endings, discard } = options
  let signOuts = 0

  async function handOver<T>(request: () => Promise<T>, keep: Keep): Promise<T> {
    // The handover begins before the read, so that a sign-out after the read is noticed.
    const handover = await handovers.begin()
    try {
      const before = await tokenStore.read()
      const sentAt = Date.now()
      const body = await request()
      if (!hasTokens(body)) return body
      const answer = readTokens(body, mode, sentAt)
      if (!(await keep(answer, before, handover))) discard(answer)
      return body
    } finally {
      await handover.end()
    }
  }

  async function signIn<T>(request: () => Promise<T>): Promise<T> {
    const signOutsBefore = signOuts
    let isKept = true
    const body = await handOver(request, async (answer, held, handover) => {
      isKept = signOuts === signOutsBefore && (await tokenStore.put(answer, { held, handover }))
      if (isKept) endings.forget()
      return isKept
    })
    if (!isKept) throw new LatchkeyError('not_authenticated', 'Signed out meanwhile.')
    return body
  }

  function replace<T>(request: () => Promise<T>): Promise<T> {
    return handOver(request, async (answer, before, handover) => {
      const held = before && (await tokenStore.merge(before, answer, handover))
      return held?.session === answer.session
    })
  }

  async function end(reason?: 'account_gone'): Promise<HeldTokens | null> {
    signOuts++
    await handovers.cancel()
    endings.forget()
    const held = reason && (await tokenStore.read())
    if (held) endings.note(held.session, reason)
    return tokenStore.clear()
  }

  return { signIn, replace, end }
}

/** Answers whether the body of an answer contains tokens. */
export function hasTokens(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'access' in body
}
