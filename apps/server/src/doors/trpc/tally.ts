import type { ResolvedOperation } from '@latchkey/contract'
import {
  type Context,
  countAnonymousCall,
  countProtectingCall,
  countRefusedToken,
  countSessionCall,
  type Identity,
} from '@latchkey/core'

/** Counts one call, once, in the counter that its operation and its course give it. */
export interface Tally {
  /** The caller was admitted. Most operations count here, before the input is read. */
  admit(identity: Identity | null): Promise<void>
  /** The input is well-formed, and the operation begins. A protecting operation counts here, in its own counter. */
  reach(): Promise<void>
  /** The call is over, or begins work for a malformed input. What was admitted and not counted is counted here. */
  finish(): Promise<void>
}

/**
 * Creates the tally of one call.
 *
 * A malformed call of a protecting operation counts as any other call. So a thief cannot use up the counter of an
 * operation such as the end of all sessions, whose well-formed call succeeds and takes the session from the thief too.
 *
 * @see decision 083
 */
export function createTally(core: Context, operation: ResolvedOperation): Tally {
  const { countedBy, protects, access, operationId } = operation
  let caller: Identity | null = null
  let isOpen = false

  async function close(count: () => Promise<void>): Promise<void> {
    if (!isOpen) return
    isOpen = false
    await count()
  }

  function countCall(): Promise<void> {
    if (access === 'logout') return countRefusedToken(core)
    return caller ? countSessionCall(core, caller) : countAnonymousCall(core)
  }

  return {
    async admit(identity) {
      caller = identity
      isOpen = true
      if (!countedBy && !protects) await close(countCall)
    },
    reach: () =>
      close(async () => {
        // The core counts by the session of the token, which it reads.
        if (countedBy) return
        await countProtectingCall(core, { operation: operationId, identity: caller })
      }),
    finish: () => close(countCall),
  }
}
