import { DomainError, type RefusalCode } from '@latchkey/core'
import { describe, expect, it } from 'vitest'
import { tryEach } from './try-each.ts'

/** Tries each of these: a code is refused with it, an error is thrown, and any other text is a success. */
async function attempt(inputs: (string | Error)[], all = false) {
  const tried: (string | Error)[] = []
  const handle = async (input: string | Error) => {
    tried.push(input)
    if (input instanceof Error) throw input
    if (input.includes('_') || input === 'throttled') throw new DomainError(input as RefusalCode)
    return input
  }
  const outcome = await tryEach(inputs, handle, { all }).catch((error: unknown) =>
    error instanceof DomainError ? error.code : error,
  )
  return { outcome, tried }
}

const FAULT = new Error('the database is gone')

describe('several refresh tokens of one browser', () => {
  it('are tried until one succeeds', async () => {
    const inputs = ['session_expired', 'first', 'second']
    expect(await attempt(inputs)).toEqual({ outcome: 'first', tried: inputs.slice(0, 2) })
  })

  it('are all tried where each of them ends a session, and the first success is the answer', async () => {
    const inputs = ['session_expired', 'first', 'second', 'token_not_valid']
    expect(await attempt(inputs, true)).toEqual({ outcome: 'first', tried: inputs })
  })

  it('are refused as the first one when none succeeds', async () => {
    const inputs = ['session_expired', 'token_not_valid']
    expect(await attempt(inputs)).toEqual({ outcome: 'session_expired', tried: inputs })
  })

  it.each(['email_not_verified', 'throttled', 'invalid_refresh_proof'])(
    'are refused with %s, which may pass later, before any other refusal',
    async (code) => {
      expect(await attempt(['token_not_valid', code, 'session_expired'])).toMatchObject({ outcome: code })
    },
  )

  it.each(['use_dpop_nonce', 'idempotency_key_reused', FAULT])(
    'are not tried further after %s, which says nothing about one token',
    async (stops) => {
      for (const all of [false, true]) {
        expect(await attempt(['token_not_valid', stops, 'good'], all)).toEqual({
          outcome: stops,
          tried: ['token_not_valid', stops],
        })
      }
    },
  )

  it('are not tried further after an error that has the code of a refusal', async () => {
    const error = Object.assign(new Error('of a library'), { code: 'token_not_valid' })
    expect(await attempt([error, 'good'])).toEqual({ outcome: error, tried: [error] })
  })
})
