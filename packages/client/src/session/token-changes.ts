import { createFailure } from '../http/error.ts'
import type { Send } from '../http/send.ts'
import type { Endings } from './endings.ts'
import { createFormerSession } from './former-session.ts'
import type { Handover, Handovers } from './handover.ts'
import type { HeldTokens } from './held-tokens.ts'
import type { Mode } from './mode.ts'
import type { Refresh } from './refresh.ts'
import { readTokens } from './request-tokens.ts'
import type { TokenStore } from './token-store.ts'

/** The changes of the held tokens other than refreshes. */
export interface TokenChanges {
  /**
   * Sends a request that signs a user in, and keeps the tokens of the answer. The session before is ended.
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
  send: Send
  refresh: Refresh
  /** Removes the keys of a session that was signed out. */
  forgetKeys(ended: HeldTokens): void
}

/** Keeps the tokens of an answer; false when they were not kept. */
type Keep = (answer: HeldTokens, before: HeldTokens | null, handover: Handover) => Promise<boolean>

/** Creates the changes of the tokens in a store. */
export function createTokenChanges(options: ChangeOptions): TokenChanges {
  const { tokenStore, mode, handovers, endings } = options
  const formerSession = createFormerSession(options)
  let signOuts = 0
  let lastSignIn: Promise<unknown> = Promise.resolve()

  async function handOver<T>(request: () => Promise<T>, keep: Keep): Promise<T> {
    // The handover begins before the read, so that a sign-out after the read is noticed.
    const handover = await handovers.begin()
    try {
      const before = await tokenStore.read().catch(() => null)
      const sentAt = Date.now()
      const body = await request()
      if (!hasTokens(body)) return body
      const answer = readTokens(body, mode, sentAt)
      if (!(await keep(answer, before, handover))) void formerSession.end(answer)
      return body
    } finally {
      await handover.end()
    }
  }

  // One after the other: of two answers at once, the cookie of one and the tokens of the other could be kept.
  function signIn<T>(request: () => Promise<T>): Promise<T> {
    const signOutsBefore = signOuts
    const turn = lastSignIn.then(async () => {
      await formerSession.prepare()
      let former: HeldTokens | null | undefined = null
      let ending: Promise<unknown> | undefined
      const body = await handOver(request, async (answer, before, handover) => {
        former = signOuts === signOutsBefore ? await tokenStore.put(answer, before, handover) : undefined
        if (former === undefined) return false
        endings.forget()
        if (former?.session && former.session !== answer.session) ending = formerSession.end(former)
        return true
      })
      if (former === undefined) throw createFailure('not_authenticated')
      await ending
      return body
    })
    lastSignIn = turn.catch(() => {})
    return turn
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
    const ended = await tokenStore.clear()
    if (ended) options.forgetKeys(ended)
    return ended
  }

  return { signIn, replace, end }
}

/** Answers whether the body of an answer contains tokens. */
export function hasTokens(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'access' in body
}
