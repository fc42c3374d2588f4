import { DomainError } from '@latchkey/core'
import { TRPCError } from '@trpc/server'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { toRefusal } from './refusals.ts'

const FAULT = new Error('select secret from users')

/** An error as tRPC wraps it. */
function wrap(cause: unknown, code: TRPCError['code'] = 'INTERNAL_SERVER_ERROR') {
  return new TRPCError({ code, cause })
}

describe('a refusal of the contract', () => {
  const refusal = new DomainError('not_found')

  it('keeps its code and its sentence, also in a wrapping of tRPC', () => {
    for (const thrown of [refusal, wrap(refusal)])
      expect(toRefusal(thrown)).toMatchObject({ status: 404, code: 'not_found', detail: 'Not found.' })
  })

  it('has no fields, no proof and no time to wait unless it was given them', () => {
    const { fields, proof, retryAfterSeconds, fault } = toRefusal(refusal)
    expect({ fields, proof, retryAfterSeconds, fault }).toEqual({})
  })

  it('names its fields as the wire does', () => {
    const sentence = 'This field is required.' as const
    expect(toRefusal(new DomainError('invalid', { fields: { newPassword2: [sentence] } })).fields).toEqual({
      new_password2: [sentence],
    })
  })

  it('names the proof that is asked for as the wire does', () => {
    const asked = (acr: 'aal2' | null) =>
      toRefusal(
        new DomainError('insufficient_user_authentication', {
          requiredProof: { maxAgeSeconds: 9, acr, methods: ['totp'] },
        }),
      ).proof
    expect(asked('aal2')).toEqual({ max_age: 9, acr_values: 'aal2', methods: ['totp'] })
    expect(asked(null)).toEqual({ max_age: 9, methods: ['totp'] })
  })

  it('asks to try again in two seconds when the server is not available, or when it says so', () => {
    expect(toRefusal(new DomainError('unavailable')).retryAfterSeconds).toBe(2)
    expect(toRefusal(new DomainError('unavailable', { retryAfterSeconds: 0 })).retryAfterSeconds).toBe(0)
    expect(toRefusal(new DomainError('throttled', { retryAfterSeconds: 9 })).retryAfterSeconds).toBe(9)
  })
})

describe('an error of the server', () => {
  it('is masked, and kept for the log', () => {
    expect(toRefusal(FAULT)).toMatchObject({ status: 500, code: 'error', fault: FAULT })
    expect(toRefusal(wrap(FAULT))).toMatchObject({ code: 'error', fault: FAULT })
    expect(toRefusal('a text')).toMatchObject({ code: 'error', fault: 'a text' })
    for (const thrown of [FAULT, wrap(FAULT)])
      expect(JSON.stringify({ ...toRefusal(thrown), fault: undefined })).not.toContain('secret')
  })

  it('is masked too when tRPC gave it no cause', () => {
    const thrown = new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'select secret' })
    expect(toRefusal(thrown)).toMatchObject({ code: 'error', fault: thrown })
  })

  it('says what caused it alone: a code of another library is none of ours', () => {
    const cause = Object.assign(new Error('gone'), {
      code: 'BAD_REQUEST',
      cause: new DomainError('not_found'),
    })
    expect(toRefusal(cause)).toMatchObject({ code: 'error', fault: cause })
  })
})

describe('a refusal of tRPC', () => {
  it.each([
    ['NOT_FOUND', 'not_found'],
    ['METHOD_NOT_SUPPORTED', 'method_not_allowed'],
    ['UNSUPPORTED_MEDIA_TYPE', 'unsupported_media_type'],
    ['PAYLOAD_TOO_LARGE', 'request_too_large'],
    ['BAD_REQUEST', 'invalid'],
  ] as const)('%s is %s, without its message', (code, ours) => {
    const refusal = toRefusal(new TRPCError({ code, message: 'of the library' }))
    expect(refusal).toMatchObject({ code: ours })
    expect(refusal.detail).not.toContain('library')
    expect(refusal.fault).toBeUndefined()
  })

  it('for malformed fields names each field, and each sentence once', () => {
    const { error } = z.object({ a: z.string('no'), b: z.array(z.string('no')) }).safeParse({ b: [1, 2] })
    expect(toRefusal(wrap(error, 'BAD_REQUEST'))).toMatchObject({
      code: 'invalid',
      fields: { a: ['no'], b: ['no'] },
    })
  })

  it('for a body that is no JSON does not quote it', () => {
    const refusal = toRefusal(wrap(new SyntaxError('Unexpected token "secret"'), 'BAD_REQUEST'))
    expect(refusal).toMatchObject({ code: 'parse_error' })
    expect(refusal.detail).not.toContain('secret')
  })
})
