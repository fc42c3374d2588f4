import { TEST_SECRET_KEY } from '@latchkey/testkit'
import { type JWTPayload, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import type { Context } from '../context.ts'
import { deriveSecrets } from '../services/keys/derived-keys.ts'
import { readResetToken, signResetToken } from './reset-token.ts'

const SITE = 'https://auth.example.com'
const LINK = 'x'.repeat(43)
const NOW = 1_800_000_000
const FORMER_KEY = `${TEST_SECRET_KEY}, the former`

const secrets = deriveSecrets(TEST_SECRET_KEY, [FORMER_KEY])
const clock = { epochSeconds: () => NOW }
const config = { publicUrl: SITE, openedLinkLifetimeSeconds: 3600 }
const ctx = { secrets, clock, config } as Partial<Context> as Context
const OPENED = { tokenHash: LINK, openedAt: NOW }
const { current } = secrets['password-reset']

const GOOD: JWTPayload = {
  token_type: 'password_reset',
  link: LINK,
  iss: SITE,
  aud: `${SITE}/password/reset/set-new/`,
  iat: NOW,
  exp: NOW + 60,
}

/** Signs a token that differs from a good one in some claims; a claim that is undefined is left out. */
function sign(changes: JWTPayload, header: { alg?: string; kid?: string } = {}, key = current.key) {
  return new SignJWT({ ...GOOD, ...changes })
    .setProtectedHeader({ alg: 'HS256', kid: current.kid, ...header })
    .sign(key)
}

describe('a reset token', () => {
  it('names its link, also under a former secret', async () => {
    expect(await readResetToken(ctx, await signResetToken(ctx, LINK))).toEqual(OPENED)
    expect(await readResetToken(ctx, await sign({}))).toEqual(OPENED)
    const former = deriveSecrets(FORMER_KEY, [])['password-reset'].current
    expect(await readResetToken(ctx, await sign({}, { kid: former.kid }, former.key))).toEqual(OPENED)
  })

  it('is of its own kind: no word of another token is in it, and the secret of the link is not', async () => {
    const [, payload = ''] = (await signResetToken(ctx, LINK)).split('.')
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual({ ...GOOD, exp: NOW + 3600 })
  })
})

describe('a reset token with a good signature is refused', () => {
  it.each<[string, JWTPayload]>([
    ['another issuer', { iss: 'https://elsewhere.example' }],
    ['no issuer', { iss: undefined }],
    ['the audience of refresh tokens', { aud: `${SITE}/refresh/` }],
    ['the audience of access tokens', { aud: SITE }],
    ['no audience', { aud: undefined }],
    ['another kind', { token_type: 'refresh' }],
    ['no kind', { token_type: undefined }],
    ['no link', { link: undefined }],
    ['a link that is no text', { link: 7 }],
    ['no iat', { iat: undefined }],
    ['no exp', { exp: undefined }],
    ['an exp that has come', { exp: NOW }],
    ['an nbf in the future', { nbf: NOW + 60 }],
  ])('with %s', async (_, changes) => {
    expect(await readResetToken(ctx, await sign(changes))).toBeNull()
  })

  it.each(['HS384', 'HS512'])('with the algorithm %s', async (alg) => {
    expect(await readResetToken(ctx, await sign({}, { alg }))).toBeNull()
  })

  it('with the key of another purpose, by its own id and by the id of this purpose', async () => {
    const { kid, key } = secrets['refresh-token'].current
    expect(await readResetToken(ctx, await sign({}, { kid }, key))).toBeNull()
    expect(await readResetToken(ctx, await sign({}, {}, key))).toBeNull()
  })

  it('with an unknown key id or without one', async () => {
    for (const kid of ['unknown', '', undefined]) {
      expect(await readResetToken(ctx, await sign({}, { kid }))).toBeNull()
    }
  })

  it('in another spelling of the same bytes', async () => {
    const token = await sign({})
    for (const spelling of [`${token}=`, `${token} `, ` ${token}`, `${token}.`]) {
      expect(await readResetToken(ctx, spelling)).toBeNull()
    }
  })
})
