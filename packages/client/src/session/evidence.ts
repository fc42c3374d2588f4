import { createFailure } from '../http/error.ts'
import { LOADING_MILLISECONDS } from '../http/numbers.ts'
import type { Send } from '../http/send.ts'
import { raceWithin } from '../http/timing.ts'
import type { HeldTokens } from './held-tokens.ts'

/** What shows the server that a request for tokens is from the owner of the session: a proof, or a key. */
export interface Evidence {
  /** Sends a call that opens or refreshes a session. */
  readonly send: Send
  /** Removes the keys of a session that was signed out; never rejects. */
  forgetKeys(ended: HeldTokens): Promise<unknown>
}

/** The evidence of a client, which is loaded when it is needed. */
export interface LoadedEvidence {
  readonly send: Send
  /** Loads the evidence of a bound session early: after an update of a page its former files may be gone. */
  prepare(held: HeldTokens | null | undefined): void
  forgetKeys(ended: HeldTokens): void
}

/**
 * Creates the evidence of a client.
 *
 * Evidence that cannot be loaded fails no sign-in: the session is not bound. A bound session waits for it.
 *
 * @param send - sends a call without evidence
 */
export function createLoadedEvidence(send: Send, load: () => Promise<Evidence>): LoadedEvidence {
  let loading: Promise<Evidence | undefined> | undefined
  const find = () => {
    loading ??= load().catch(() => (loading = undefined))
    return loading
  }
  return {
    send: async (call) => {
      if (call.refreshes === undefined) return send(call)
      const evidence = await raceWithin(LOADING_MILLISECONDS, [find()])
      if ((call.refreshes as HeldTokens | null)?.bound && !evidence) throw createFailure('network_error')
      return (evidence?.send ?? send)(call)
    },
    prepare: (held) => void (held?.bound && find()),
    forgetKeys: (ended) => void find().then((evidence) => evidence?.forgetKeys(ended)),
  }
}
