import { codeOf, createFailure, LatchkeyError } from '../http/error.ts'
import { LOADING_MILLISECONDS, REPEATABLE_MILLISECONDS } from '../http/numbers.ts'
import { endsSession, isObject } from '../http/read-refusal.ts'
import type { Call, Send } from '../http/send.ts'
import { raceWithin } from '../http/timing.ts'
import type { Evidence } from '../session/evidence.ts'
import type { HeldTokens } from '../session/held-tokens.ts'
import type { DeviceKey } from '../session/key-store.ts'
import { createDeviceKeys, type DeviceKeyOptions } from './device-keys.ts'
import { createProvenSend } from './proven-send.ts'
import { createRefreshKeys, type RefreshKeyOptions } from './refresh-keys.ts'
import { warnOfRefusedProof } from './warn-of-refused-proof.ts'

interface EvidenceOptions extends DeviceKeyOptions, RefreshKeyOptions {
  baseUrl: string
  /** Sends a call without evidence. */
  send: Send
  storage: RefreshKeyOptions['storage']
}

/** The requests of one refresh whose key the server has taken for another one. */
const MAX_KEYS = 3
/** A proof is never too late, so the grace of the server does not limit its requests. */
const LIMITS = { timeoutMilliseconds: REPEATABLE_MILLISECONDS }

/** Creates the evidence of a client: a proof where the session is bound, a key where it is not. */
export function createEvidence(options: EvidenceOptions): Evidence {
  const { send: sendPlain, bound, baseUrl, tokenStore } = options
  const deviceKeys = createDeviceKeys(options)
  const refreshKeys = createRefreshKeys(options)
  const sendProven = createProvenSend(sendPlain, baseUrl)
  let forgetting: Promise<unknown> = Promise.resolve()

  async function open<T>(call: Call): Promise<T> {
    // A key that is being removed would not be there for the new session.
    await raceWithin(LOADING_MILLISECONDS, [forgetting])
    const key = await deviceKeys.obtain()
    if (!key) return sendPlain(call)
    try {
      const body = nameKey(await sendProven<T>(call, key), key)
      if (isObject(body) && body.bound) await deviceKeys.keep(key)
      return body
    } catch (error) {
      // The key cannot sign at the moment.
      if (codeOf(error) === 'storage_unavailable') return sendPlain(call)
      if (bound || !/^(invalid|use)_dpop/.test(`${codeOf(error)}`)) throw error
      // The server is set up for another URL. The program has not asked for a bound session, so it gets one without.
      warnOfRefusedProof(baseUrl)
      return sendPlain(call)
    }
  }

  async function refresh<T>(call: Call, sent: HeldTokens): Promise<T> {
    if (!sent.bound) {
      try {
        return await sendKeyed(call, sent)
      } catch (error) {
        // Only the cookie is there, or a former release has written the item: they do not say that the session is bound.
        if (codeOf(error) !== 'invalid_dpop_proof') throw error
      }
    }
    const key = await deviceKeys.find()
    sent.isRepeatable = true
    if (!key || (typeof sent.bound === 'string' && sent.bound !== idOf(key))) {
      // Another tab has signed out, and has removed the key: the next look finds no tokens.
      if ((await tokenStore.read())?.session !== sent.session) throw createFailure('timeout')
      throw loseKey()
    }
    return nameKey(await sendProven<T>({ ...call, ...LIMITS }, key), key)
  }

  async function sendKeyed<T>(call: Call, sent: HeldTokens): Promise<T> {
    let spent: string | undefined
    for (let left = MAX_KEYS; ; left--) {
      const key = await refreshKeys.obtain(sent, spent)
      if (!key) return sendPlain(call)
      sent.isRepeatable = true
      const headers = { ...call.init?.headers, 'Idempotency-Key': `"${key}"` }
      try {
        const body = await sendPlain<T>({ ...call, init: { ...call.init, headers } })
        refreshKeys.forget(sent, key)
        return body
      } catch (error) {
        if (endsSession(error)) refreshKeys.forget(sent, key)
        if (codeOf(error) !== 'idempotency_key_reused' || left <= 1) throw error
        spent = key
      }
    }
  }

  async function forgetKeys(ended: HeldTokens): Promise<void> {
    if (!ended.bound) await refreshKeys.remove(ended)
    const key = ended.bound ? await deviceKeys.find().catch(() => null) : null
    if (!key || ended.bound !== idOf(key)) return
    // Somebody may have signed in meanwhile, in another tab.
    const held = await tokenStore.read().catch(() => null)
    if (held?.bound !== ended.bound) await deviceKeys.remove()
  }

  return {
    send: (call) => (call.refreshes ? refresh(call, call.refreshes as HeldTokens) : open(call)),
    forgetKeys: (ended) => {
      forgetting = forgetKeys(ended)
      return forgetting
    },
  }
}

/** Names the key in an answer that says that the session is bound. */
function nameKey<T>(body: T, key: DeviceKey): T {
  return isObject(body) && body.bound ? { ...body, bound: idOf(key) } : body
}

/** The item of the tokens names the key, so that another key in its place is noticed here. */
function idOf({ publicKey }: DeviceKey): string {
  return publicKey.x.slice(0, 16)
}

/** The verdict over a session that can never be refreshed again; as a refused refresh token it ends the session. */
function loseKey(): LatchkeyError {
  return new LatchkeyError('invalid_dpop_proof', 'The key of the session is gone.', {
    fields: { refresh: [] },
  })
}
