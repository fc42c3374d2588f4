import { codeOf, createFailure } from '../http/error.ts'
import { resolveRoute } from '../http/resolve-route.ts'
import type { Call, Send } from '../http/send.ts'
import type { DeviceKey } from '../session/key-store.ts'
import { printProof } from './print-proof.ts'

/** Sends a call with a proof by a key. */
export type ProvenSend = <T>(call: Call, key: DeviceKey) => Promise<T>

/**
 * Creates the function that sends calls with a proof.
 *
 * It remembers the last nonce of the server. A call that is refused for its nonce is sent once more. A key that cannot
 * sign at the moment fails the call with `storage_unavailable`, before it is sent.
 */
export function createProvenSend(send: Send, baseUrl: string): ProvenSend {
  let nonce: string | undefined

  async function sendOnce<T>(call: Call, key: DeviceKey): Promise<T> {
    const { method, path } = resolveRoute(call.route, call.fields)
    const url = baseUrl + path.replace(/\?.*/, '')
    const DPoP = await printProof(key, { method, url, nonce }).catch((cause) => {
      throw createFailure('storage_unavailable', { cause })
    })
    return send<T>({
      ...call,
      init: { ...call.init, headers: { ...call.init?.headers, DPoP } },
      peek: (response) => {
        nonce = response.headers.get('dpop-nonce') ?? nonce
        return call.peek?.(response)
      },
    })
  }

  return async (call, key) => {
    const former = nonce
    try {
      return await sendOnce(call, key)
    } catch (error) {
      // Where a proxy hides the header, the same nonce would be refused again.
      if (codeOf(error) !== 'use_dpop_nonce' || nonce === former) throw error
      return sendOnce(call, key)
    }
  }
}
