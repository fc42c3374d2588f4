import { newEmail, PASSWORD, readClaims, signUp, softAuthenticator } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import type { TestServer } from '../test-server.ts'
import { DOORS, rest } from './doors.ts'
import {
  accessOf,
  askCreation,
  enter,
  halfLogin,
  listCookies,
  MODES,
  optionsOf,
  register,
  signUpOwner,
  startIn,
} from './keys.ts'

const TIME = expect.stringMatching(/^\d{4}-.*Z$/)
const CASES = Object.keys(MODES).flatMap((mode) =>
  DOORS.map(([name, door]) => ({ mode: mode as keyof typeof MODES, name, door })),
)

describe.each(CASES)('passkeys over $name with $mode', ({ mode, name, door }) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startIn(mode)
  })
  afterAll(() => server.close())

  const tokenNames = mode === 'cookies' ? ['access'] : ['access', 'refresh']
  const cookies = mode === 'cookies' ? ['refresh_token'] : []

  it('the options of a new passkey are those of the specification', async () => {
    const { device: _, ...owner } = await signUpOwner(server)
    const options = await askCreation(server, { token: owner.token }, door)
    expect(options).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rp: { id: 'localhost', name: expect.any(String) },
      user: {
        id: Buffer.from(owner.userId.replaceAll('-', ''), 'hex').toString('base64url'),
        name: owner.email,
        displayName: owner.email,
      },
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
      timeout: 300_000,
      attestation: 'none',
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
      excludeCredentials: [
        { type: 'public-key', id: owner.passkey.credential_id, transports: ['hybrid', 'internal'] },
      ],
    })
  })

  it('a passkey is added, listed, renamed and removed', async () => {
    const { tokens, userId } = await signUp(server.ctx)
    const token = tokens.access
    const device = softAuthenticator({ synced: true })
    const added = await register(server, token, { device, door, name: ' Phone ' })
    expect(added.status).toBe(name === 'REST' ? 201 : 200)
    const passkey = {
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      credential_id: device.credentialId,
      name: 'Phone',
      created_at: TIME,
      last_used_at: null,
      backed_up: true,
    }
    expect(added.body).toEqual(passkey)
    expect(listCookies(added)).toEqual([])
    expect((await door(server.url, 'passkeys.list', { token })).body).toEqual({
      passkeys: [added.body],
      rp_id: 'localhost',
      user_handle: Buffer.from(userId.replaceAll('-', ''), 'hex').toString('base64url'),
    })
    const { id } = added.body
    const renamed = await door(server.url, 'passkeys.rename', { token, input: { id, name: 'Old phone' } })
    expect(renamed).toMatchObject({ ok: true, body: { ...passkey, name: 'Old phone' } })
    const removed = await door(server.url, 'passkeys.delete', { token, input: { id } })
    expect(removed).toMatchObject({ status: name === 'REST' ? 204 : 200, body: {} })
    expect((await door(server.url, 'passkeys.list', { token })).body).toMatchObject({ passkeys: [] })
    const again = await door(server.url, 'passkeys.delete', { token, input: { id } })
    expect(again).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  it('a passkey without a name is named after its provider', async () => {
    const { tokens } = await signUp(server.ctx)
    const device = softAuthenticator({ aaguid: 'bada5566-a7aa-401f-bd96-45619a55120d' })
    expect((await register(server, tokens.access, { device, door })).body).toMatchObject({
      name: '1Password',
    })
  })

  it('a sign-in without a name opens a session of two factors', async () => {
    const { device, userId } = await signUpOwner(server)
    const answer = await enter(server, device, { door })
    expect(answer.status).toBe(200)
    expect(Object.keys(answer.body).sort()).toEqual(tokenNames)
    expect(listCookies(answer)).toEqual(cookies)
    const claims = readClaims(accessOf(answer))
    expect(claims).toMatchObject({ sub: userId, acr: 'aal2', amr: ['hwk', 'user', 'mfa'] })
  })

  it('a second factor completes a sign-in with the password', async () => {
    const owner = await signUpOwner(server)
    expect((await door(server.url, 'mfa.enable', { token: owner.token })).ok).toBe(true)
    const { challenge_id, passkey_options } = await halfLogin(server, owner)
    expect(passkey_options.challenge).toBe(challenge_id)
    const credential = owner.device.get(passkey_options, { userHandle: null })
    const answer = await door(server.url, 'mfa.verifyPasskey', { input: { challenge_id, credential } })
    expect([answer.status, Object.keys(answer.body).sort()]).toEqual([200, tokenNames])
    expect(listCookies(answer)).toEqual(cookies)
    expect(readClaims(accessOf(answer))).toMatchObject({ acr: 'aal2', amr: ['pwd', 'hwk', 'user', 'mfa'] })
  })

  it('a step-up opens a successor, in which what asks for a recent proof works', async () => {
    const { device, token, passkey } = await signUpOwner(server)
    server.clock.seconds += 901
    const input = { id: passkey.id }
    const refused = await door(server.url, 'passkeys.delete', { token, input })
    expect(refused).toMatchObject({ status: 403, body: { code: 'insufficient_user_authentication' } })
    const options = optionsOf(await door(server.url, 'auth.reauthenticateOptions', { token }))
    const credential = device.get(options)
    const answer = await door(server.url, 'auth.reauthenticate', { token, input: { credential } })
    expect(answer).toMatchObject({ status: 200, body: { detail: 'Confirmed.' } })
    expect(listCookies(answer)).toEqual(cookies)
    const next = accessOf(answer)
    expect(readClaims(next)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'hwk', 'user', 'mfa'] })
    const before = await door(server.url, 'passkeys.delete', { token, input })
    expect(before.status).toBe(403)
    expect((await door(server.url, 'passkeys.delete', { token: next, input })).ok).toBe(true)
    server.clock.seconds = 0
  })

  it('in cookie mode alone, a sign-in by a page of another site is refused', async () => {
    const { device } = await signUpOwner(server)
    const answer = await enter(server, device, { door, headers: { origin: 'https://evil.example' } })
    expect(answer.status).toBe(mode === 'cookies' ? 403 : 200)
    if (mode === 'cookies') expect(answer.body).toMatchObject({ code: 'csrf_failed' })
  })

  it('where a factor is required, a passkey completes the sign-up', async () => {
    const required = await startIn(mode, { mfaMode: 'required' })
    try {
      const email = newEmail()
      const names = { first_name: 'Ada', last_name: 'Lovelace' }
      const json = { email, password1: PASSWORD, password2: PASSWORD, ...names }
      const signedUp = await call(`${required.url}/registration/`, { json })
      const { setup_challenge_id: setup } = signedUp.body as { setup_challenge_id: string }
      const device = softAuthenticator()
      const credential = device.create(await askCreation(required, { setup }, door))
      const input = { credential, setup_challenge_id: setup }
      const added = await door(required.url, 'passkeys.register', { input })
      expect(added.body).toMatchObject({ credential_id: device.credentialId })
      expect(added.body.recovery_codes).toHaveLength(10)
      expect(Object.keys(added.body)).toEqual(expect.arrayContaining(tokenNames))
      expect('refresh' in added.body).toBe(mode === 'tokens')
      expect(listCookies(added)).toEqual(cookies)
      const token = accessOf(added)
      expect(readClaims(token)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'hwk', 'user', 'mfa'] })
      const again = await door(required.url, 'passkeys.register', { input })
      expect(again).toMatchObject({ status: 401, body: { code: 'not_authenticated' } })
      const last = await door(required.url, 'passkeys.delete', { token, input: { id: added.body.id } })
      expect(last).toMatchObject({ status: 403, body: { code: 'mfa_required' } })
      expect((await halfLogin(required, { email, password: PASSWORD })).passkey_options).toBeDefined()
    } finally {
      await required.close()
    }
  })
})

describe('the removal of a passkey', () => {
  it('ends the sessions that it opened, and no further one', async () => {
    const server = await startIn('tokens')
    try {
      const owner = await signUpOwner(server)
      const opened = accessOf(await enter(server, owner.device))
      const another = softAuthenticator()
      await register(server, owner.token, { device: another })
      const other = accessOf(await enter(server, another))
      const status = async (token: string) => (await rest(server.url, 'user.get', { token })).status
      expect([await status(opened), await status(other)]).toEqual([200, 200])
      const removed = { token: owner.token, input: { id: owner.passkey.id } }
      expect((await rest(server.url, 'passkeys.delete', removed)).status).toBe(204)
      expect([await status(opened), await status(other), await status(owner.token)]).toEqual([401, 200, 200])
      const gone = await enter(server, owner.device)
      expect(gone).toMatchObject({ status: 401, body: { code: 'unknown_passkey' } })
    } finally {
      await server.close()
    }
  })
})
