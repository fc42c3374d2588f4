import { DomainError } from '@latchkey/core'
import { describe, expect, it } from 'vitest'
import { toRefusal } from '../refusals.ts'
import { refusalHeaders } from './answers.ts'

const headersOf = (...given: ConstructorParameters<typeof DomainError>) =>
  refusalHeaders(toRefusal(new DomainError(...given)))

describe('the headers of a refusal', () => {
  it('are none for a refusal that asks the caller for nothing', () => {
    expect(headersOf('not_found')).toEqual({})
    expect(headersOf('invalid', { fields: { email: ['Enter a valid email address.'] } })).toEqual({})
  })

  it('ask for a token with 401', () => {
    expect(headersOf('not_authenticated')).toEqual({ 'WWW-Authenticate': 'Bearer realm="api"' })
  })

  it('ask for a proof of the key with 401, and for nothing with 400', () => {
    expect(headersOf('use_dpop_nonce')).toEqual({
      'WWW-Authenticate': expect.stringMatching(
        /^Bearer realm="api", DPoP error="use_dpop_nonce", algs="[^"]+"$/,
      ),
    })
    expect(toRefusal(new DomainError('invalid_dpop_proof')).status).toBe(400)
    expect(headersOf('invalid_dpop_proof')).toEqual({})
  })

  it('say when the caller may try again', () => {
    expect(headersOf('throttled', { retryAfterSeconds: 7 })).toEqual({ 'Retry-After': '7' })
    expect(headersOf('throttled', { retryAfterSeconds: 0 })).toEqual({ 'Retry-After': '0' })
    expect(headersOf('unavailable')).toEqual({ 'Retry-After': '2' })
  })

  it.each([
    ['aal2', 'acr_values="aal2", max_age=900'],
    [null, 'max_age=900'],
  ] as const)('name the level %s and the age of the proof that is asked for', (acr, asked) => {
    const requiredProof = { maxAgeSeconds: 900, acr, methods: [] }
    const { 'WWW-Authenticate': challenge } = headersOf('insufficient_user_authentication', { requiredProof })
    expect(challenge).toMatch(/^Bearer realm="api", error="insufficient_user_authentication", /)
    expect(challenge).toMatch(new RegExp(`error_description="[^"]+", ${asked}$`))
  })
})
