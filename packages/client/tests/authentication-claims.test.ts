import { beforeAll, expect, test } from 'vitest'
import type { Identity } from '../src/server/index.ts'
import { createTokenSigner, type TokenSigner } from './support/token-signer.ts'

let signer: TokenSigner
beforeAll(async () => {
  signer = await createTokenSigner()
})

const NOW = Math.floor(Date.now() / 1000)

async function read(claims: Record<string, unknown>): Promise<Identity> {
  return signer.verifierOf().verify(await signer.sign(claims))
}

test('a token says how its user was authenticated, and when', async () => {
  const claims = { acr: 'aal2', amr: ['pwd', 'otp', 'mfa'], auth_time: NOW - 60, session_iat: NOW - 900 }
  const authTime = new Date((NOW - 60) * 1000)
  expect(await read(claims)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'], authTime, claims })
})

test('a token without the claims is `aal1` of the beginning of its session', async () => {
  const authTime = new Date((NOW - 900) * 1000)
  expect(await read({ session_iat: NOW - 900 })).toMatchObject({ acr: 'aal1', amr: [], authTime })
})

test('a single claim that is missing counts as the least', async () => {
  const claims = { session_iat: NOW - 900, acr: 'aal2', amr: ['hwk', 'user', 'mfa'], auth_time: NOW }
  const began = new Date((NOW - 900) * 1000)
  expect((await read({ ...claims, acr: undefined })).acr).toBe('aal1')
  expect((await read({ ...claims, amr: undefined })).amr).toEqual([])
  expect((await read({ ...claims, auth_time: undefined })).authTime).toEqual(began)
})

test('a token that does not even say when its session began was never authenticated recently', async () => {
  expect((await read({ session_iat: undefined })).authTime).toEqual(new Date(0))
})

test.each(['aal3', 'AAL2', ' aal2', 'urn:example:gold', ''])(
  'a level that only a newer server knows counts as the least: %j',
  async (acr) => {
    expect(await read({ acr })).toMatchObject({ acr: 'aal1', claims: { acr } })
  },
)

test('words of `amr` that only a newer server knows are kept', async () => {
  expect((await read({ amr: ['face', 'pwd'] })).amr).toEqual(['face', 'pwd'])
})

test.each<[string, Record<string, unknown>]>([
  ['a level that is a number', { acr: 2 }],
  ['a level that is null', { acr: null }],
  ['a list of levels', { acr: ['aal2'] }],
  ['an `amr` that is a text', { amr: 'pwd' }],
  ['an `amr` that is null', { amr: null }],
  ['an `amr` that is an object', { amr: { 0: 'pwd', length: 1 } }],
  ['an `amr` with a number', { amr: ['pwd', 1] }],
  ['an `amr` with a list', { amr: [['pwd']] }],
  ['a time that is a text', { auth_time: String(NOW) }],
  ['a time that is null', { auth_time: null }],
  ['a time before the epoch', { auth_time: -1 }],
  ['a time in milliseconds, which would be recent for ever', { auth_time: NOW * 1000 }],
  ['a time after the token has expired', { auth_time: NOW + 3600 }],
  ['a beginning of the session that is a text', { session_iat: String(NOW) }],
  ['a beginning of the session in milliseconds', { session_iat: NOW * 1000 }],
])('a token with %s is invalid', async (_fault, claims) => {
  await expect(read(claims)).rejects.toMatchObject({ code: 'token_not_valid', fault: 'Token is invalid' })
})

test('a time of a clock that is a little ahead is no fault', async () => {
  expect((await read({ auth_time: NOW + 30 })).authTime).toEqual(new Date((NOW + 30) * 1000))
})

test('a service gets the id of the account, and the id that it knew the account by before', async () => {
  expect(await read({ user_id: '17' })).toMatchObject({ userId: 'u-1', externalId: '17' })
  expect(await read({})).toMatchObject({ userId: 'u-1', externalId: 'u-1' })
})

test('a `user_id` that is no text makes a token malformed', async () => {
  await expect(read({ user_id: 17 })).rejects.toMatchObject({ code: 'token_not_valid' })
})
