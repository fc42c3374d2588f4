import {
  addPasskey,
  PASSWORD,
  readClaims,
  signUp,
  softAuthenticator,
  totpCode,
  wrongTotpCode,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DOORS } from '../passkeys/doors.ts'
import { enter, optionsOf, signUpOwner } from '../passkeys/keys.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { signUpWithApp, succeed } from './people.ts'

const CONFIRMED = ['access', 'detail', 'refresh']
const ONE = {
  non_field_errors: ['Give exactly one of password, code, recovery_code, credential and social_code.'],
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe.each(DOORS)('a confirmation by %s', (_name, door) => {
  const confirm = (token: string, input: Record<string, unknown>) =>
    door(server.url, 'auth.reauthenticate', { input, token })

  it.each(['code', 'recovery_code'] as const)('with a %s opens a successor of aal2, once', async (kind) => {
    const owner = await signUpWithApp(server)
    server.clock.seconds += 901
    const proof = kind === 'code' ? totpCode(owner.secret, server.clock) : owner.codes[0]
    const told = await succeed(confirm(owner.token, { [kind]: proof }))
    expect(Object.keys(told).sort()).toEqual(CONFIRMED)
    const [before, after] = [readClaims(owner.token), readClaims(String(told.access))]
    expect(after).toMatchObject({ acr: 'aal2', session_iat: before.session_iat })
    expect(after.session).not.toBe(before.session)
    const again = await confirm(String(told.access), { [kind]: proof })
    expect(again.status).toBe(400)
    const codes = await door(server.url, 'mfa.replaceRecoveryCodes', { token: String(told.access) })
    expect(codes.status).toBe(200)
    const old = await door(server.url, 'mfa.replaceRecoveryCodes', { token: owner.token })
    expect(old.body.code).toBe('insufficient_user_authentication')
  })

  it('with a passkey opens a successor of aal2, for the session that asked alone', async () => {
    const owner = await signUpOwner(server)
    const options = optionsOf(await door(server.url, 'auth.reauthenticateOptions', { token: owner.token }))
    expect(options.allowCredentials).toEqual([
      { type: 'public-key', id: owner.passkey.credential_id, transports: ['hybrid', 'internal'] },
    ])
    const credential = owner.device.get(options)
    const other = String((await enter(server, owner.device)).body.access)
    expect((await confirm(other, { credential })).body.code).toBe('challenge_invalid')
    const told = await succeed(confirm(owner.token, { credential }))
    expect(readClaims(String(told.access)).acr).toBe('aal2')
    expect((await confirm(owner.token, { credential })).body.code).toBe('challenge_invalid')
  })

  it('takes exactly one proof', async () => {
    const { tokens } = await signUp(server.ctx)
    const several = { password: PASSWORD, code: '123456' }
    for (const input of [{}, several, { recovery_code: 'x', code: '123456' }]) {
      const { status, body } = await confirm(tokens.access, input)
      expect([status, body.fields]).toEqual([400, ONE])
    }
    const credential = 'a text'
    expect((await confirm(tokens.access, { credential })).body.fields).toEqual({
      credential: ['Invalid data. Expected a dictionary, but got str.'],
    })
  })

  it('with a password is refused where the second factor is on, and is right otherwise', async () => {
    const owner = await signUpWithApp(server)
    const refused = await confirm(owner.token, { password: PASSWORD })
    expect(refused.body.fields).toEqual({ password: ['Use your second factor instead.'] })
    const { tokens } = await signUp(server.ctx)
    const told = await succeed(confirm(tokens.access, { password: PASSWORD }))
    expect(readClaims(String(told.access)).acr).toBe('aal1')
  })

  it('counts wrong codes for its session alone, and says how long it is locked', async () => {
    const owner = await signUpWithApp(server)
    const input = { email: owner.email, password: PASSWORD }
    const { challenge_id } = await succeed(door(server.url, 'auth.login', { input }))
    const answers = []
    for (let count = 0; count < 10; count += 1)
      answers.push(await confirm(owner.token, { code: wrongTotpCode(owner.secret, server.clock) }))
    expect(answers.map(({ status }) => status)).toEqual([...Array(9).fill(400), 429])
    expect(Number(answers[9]?.headers.get('retry-after'))).toBeGreaterThan(600)
    const code = totpCode(owner.secret, server.clock)
    expect((await confirm(owner.token, { code })).body.code).toBe('mfa_locked')
    expect((await door(server.url, 'mfa.verify', { input: { challenge_id, code } })).status).toBe(200)
    expect((await confirm(owner.token, { recovery_code: owner.codes[0] })).status).toBe(200)
  })

  it('has no options for an account without a passkey', async () => {
    const { tokens, userId } = await signUp(server.ctx)
    const ask = () => door(server.url, 'auth.reauthenticateOptions', { token: tokens.access })
    expect((await ask()).body.code).toBe('no_second_factor')
    await addPasskey(server, userId, 'elsewhere.example')
    expect((await ask()).body.code).toBe('no_second_factor')
    const credential = softAuthenticator().get({ challenge: 'x'.repeat(43) })
    expect((await confirm(tokens.access, { credential })).body.code).toBe('challenge_invalid')
  })

  it('of one proof opens one successor, however often it is sent at once', async () => {
    const owner = await signUpWithApp(server)
    const code = totpCode(owner.secret, server.clock)
    const all = await Promise.all(Array.from({ length: 8 }, () => confirm(owner.token, { code })))
    expect(all.filter(({ ok }) => ok)).toHaveLength(1)
    const proof = { recovery_code: owner.codes[0] }
    const others = await Promise.all(Array.from({ length: 50 }, () => confirm(owner.token, proof)))
    expect(others.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('after a sign-out of the session opens nothing, and spends no code', async () => {
    const owner = await signUpWithApp(server)
    await succeed(door(server.url, 'auth.logoutAll', { token: owner.token }))
    expect((await confirm(owner.token, { recovery_code: owner.codes[0] })).status).toBe(401)
    const [row] = await server.database.sql`select count(*)::int as left from recovery_codes
      where user_id = ${owner.userId} and used_at is null`
    expect(row?.left).toBe(10)
  })
})
