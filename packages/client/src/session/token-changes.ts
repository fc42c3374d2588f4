import { LatchkeyError } from '../http/error.ts'
import type { Handover, Handovers } from './handover.ts'
import type { Held } from './held-tokens.ts'
import { type Mode, readPair } from './request-tokens.ts'
import type { Vault } from './token-store.ts'

/** What changes whose tokens are held, beside refreshes. */
export interface TokenChanges {
  /**
   * Does what signs somebody in and keeps the tokens of the answer.
   *
   * @param request - resolves to the body of the answer
   * @throws {LatchkeyError} `not_authenticated` - the person signed out before the answer came
   */
  signIn<T>(request: () => Promise<T>): Promise<T>
  /** Does what replaces the tokens of the running session; they are dropped if the person signs out meanwhile. */
  replace<T>(request: () => Promise<T>): Promise<T>
  /** Forgets the session, and tells what was held. */
  end(): Promise<Held | null>
}

interface ChangeOptions {
  vault: Vault
  mode: Mode
  handovers: Handovers
  /** Ends a session at the server whose tokens are not kept. */
  discard: (held: Held) => void
}

/** Keeps the tokens of an answer, or answers false. */
type Keep = (answer: Held, before: Held | null, handover: Handover) => Promise<boolean>

/** Makes what changes the tokens in a vault. */
export function createTokenChanges({ vault, mode, handovers, discard }: ChangeOptions): TokenChanges {
  let signOuts = 0

  async function handOver<T>(request: () => Promise<T>, keep: Keep): Promise<T> {
    // In this order: whoever signs out after the look is noticed.
    const handover = await handovers.begin()
    try {
      const before = await vault.read()
      const sentAt = Date.now()
      const body = await request()
      if (!hasTokens(body)) return body
      const answer = readPair(body, mode, sentAt)
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
      isKept = signOuts === signOutsBefore && (await vault.put(answer, { held, handover }))
      return isKept
    })
    if (!isKept) throw new LatchkeyError('not_authenticated', 'Signed out meanwhile.')
    return body
  }

  function replace<T>(request: () => Promise<T>): Promise<T> {
    return handOver(request, async (answer, before, handover) => {
      const held = before && (await vault.merge(before, answer, handover))
      return held?.session === answer.session
    })
  }

  async function end(): Promise<Held | null> {
    signOuts++
    await handovers.cancel()
    return vault.clear()
  }

  return { signIn, replace, end }
}

/** Answers whether an answer brings tokens. */
export function hasTokens(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'access' in body
}
