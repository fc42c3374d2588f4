import {
  addPasskey,
  NEW_PASSWORD,
  newEmail,
  PASSWORD,
  raiseLevel,
  signUp,
  signUpWithFactors,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Endpoint } from '../src/doors/rest/endpoints.ts'
import { call, callTrpc } from './call.ts'
import { cookieOf, type MailServer, startMailServer } from './mail/mail-server.ts'
import { JSON_CALLER, OPERATIONS, operationsOf, pathOf } from './operations.ts'
import { startTestServer } from './test-server.ts'

const LOGIN = { path: 'auth.login', type: 'mutation' }
const SECRET = expect.stringMatching(/^[\w-]{43}$/)
const NEW = { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
const NAMES = { first_name: 'Ada', last_name: 'Lovelace' }
const SETUP = {
  mfa_setup_required: true,
  setup_challenge_id: SECRET,
  methods: ['totp', 'passkey'],
  expires_in: 900,
}

let server: MailServer
beforeAll(async () => {
  server = await startMailServer()
})
afterAll(() => server.close())

/** Signs up a user with factors, whose address is proven. */
async function signUpProven(factors: Parameters<typeof signUpWithFactors>[1]) {
  const owner = await signUpWithFactors(server, factors)
  await server.database.sql`update users set email_verified = true where id = ${owner.userId}`
  return owner
}

async function countSessions(userId: string): Promise<number> {
  return (await server.database.sql`select 1 from sessions where user_id = ${userId}`).length
}

/** Signs in with the password alone, by each door. */
async function halfLogins({ email, password }: { email: string; password: string }) {
  const [rest, trpc] = [
    await call(`${server.url}/login/`, { json: { email, password } }),
    await callTrpc(server.url, LOGIN, { input: { email, password } }),
  ]
  return [rest, { ...trpc, body: (trpc.body as { result?: { data: unknown } }).result?.data }] as const
}

describe('a sign-in with a second factor', () => {
  it('is answered by a challenge through both doors, with the names of WebAuthn in the options', async () => {
    const owner = await signUpProven({ totp: true, passkey: true })
    for (const { status, body, headers } of await halfLogins(owner)) {
      expect(status).toBe(200)
      expect(headers.getSetCookie()).toEqual([])
      expect(body).toEqual({
        mfa_required: true,
        challenge_id: SECRET,
        methods: ['passkey', 'totp'],
        expires_in: 300,
        passkey_options: {
          challenge: (body as { challenge_id: string }).challenge_id,
          rpId: 'localhost',
          timeout: 300_000,
          userVerification: 'required',
          allowCredentials: [
            { type: 'public-key', id: expect.any(String), transports: ['internal', 'hybrid'] },
          ],
        },
      })
    }
    expect(await countSessions(owner.userId)).toBe(1)
  })

  it('has a challenge that is no token: each operation refuses it as a bearer', async () => {
    const owner = await signUpProven({ totp: true })
    const [{ body }] = await halfLogins(owner)
    const token = (body as { challenge_id: string }).challenge_id
    for (const [name, endpoint] of operationsOf('authenticated', 'setup', 'logout', 'staff', 'superuser')) {
      const { method } = endpoint
      const json = method === 'GET' ? undefined : {}
      const answer = await call(server.url + pathOf(endpoint), { method, json, token, headers: JSON_CALLER })
      expect([name, answer.status]).toEqual([name, 401])
    }
  })

  it('has a challenge that sets no factor up, through both doors', async () => {
    const owner = await signUpProven({ totp: true })
    const [{ body }] = await halfLogins(owner)
    const input = { setup_challenge_id: (body as { challenge_id: string }).challenge_id }
    for (const [name, endpoint] of operationsOf('setup')) {
      const { procedure, procedurePath: path } = endpoint
      const rest = await server.post(endpoint.path, input)
      const trpc = await callTrpc(server.url, { path, type: procedure._def.type }, { input })
      expect([name, rest.status, trpc.status]).toEqual([name, 401, 401])
    }
  })

  it('has a challenge that no token and no other secret stands for', async () => {
    const owner = await signUpProven({ totp: true, codes: true })
    await server.post('/password/reset/', { email: owner.email })
    const { secret } = await server.mailbox.next(owner.email, 'reset-password')
    const required = await startTestServer({
      settings: { mfaMode: 'required' },
      core: { database: server.database },
    })
    const setup = await call(`${required.url}/login/`, {
      json: await signUp(server.ctx).then(({ email, password }) => ({ email, password })),
    })
    await required.close()
    const { setup_challenge_id } = setup.body as { setup_challenge_id: string }
    expect(setup_challenge_id).toEqual(SECRET)
    for (const challenge_id of [owner.access, owner.refresh, secret, setup_challenge_id, 'x'.repeat(43)]) {
      const sent = { challenge_id, code: '123456', recovery_code: 'x' }
      for (const path of ['/mfa/verify/', '/mfa/verify-recovery/']) {
        const answer = await server.post(path, sent)
        expect(answer).toMatchObject({ status: 400, body: { code: 'challenge_invalid' } })
      }
    }
  })

  it('has a challenge that is no refresh token, no reset token and no key of a link', async () => {
    const owner = await signUpProven({ totp: true })
    const [{ body }] = await halfLogins(owner)
    const token = (body as { challenge_id: string }).challenge_id
    expect((await server.post('/refresh/', { refresh: token })).status).toBe(401)
    expect((await server.post('/password/reset/set-new/', { ...NEW, token })).status).toBe(401)
    const cookie = `refresh_token=${token}; password_reset_access_token=${token}`
    expect((await server.post('/password/reset/set-new/', NEW, { headers: { cookie } })).status).toBe(401)
    for (const path of ['/registration/verification', '/email/change/confirm']) {
      expect((await server.get(`${path}/${token}/`, JSON_CALLER)).status).toBe(404)
    }
  })
})

describe('where a second factor is required', () => {
  it.each([
    ['none', SETUP],
    ['optional', { detail: 'Verification e-mail sent.', ...SETUP }],
    ['mandatory', { detail: 'Verification e-mail sent.' }],
  ] as const)('a sign-up with the verification %s signs nobody in', async (emailVerification, body) => {
    const required = await startTestServer({
      settings: { mfaMode: 'required', emailVerification },
      app: { refreshCookie: { secure: false, sameSite: 'Lax', path: '/' } },
    })
    try {
      const json = { email: newEmail(), password1: PASSWORD, password2: PASSWORD, ...NAMES }
      const answer = await call(`${required.url}/registration/`, { json })
      expect(answer).toMatchObject({ status: 201, body })
      expect(Object.keys(answer.body as object).sort()).toEqual(Object.keys(body).sort())
      expect(answer.headers.getSetCookie()).toEqual([])
      expect(await required.database.sql`select 1 from sessions`).toHaveLength(0)
    } finally {
      await required.close()
    }
  })
})

describe('a reset link', () => {
  it('sets the password and asks for the second factor: a mailbox is no way around it', async () => {
    const owner = await signUpProven({ totp: true, codes: true })
    const { cookie } = await server.openReset(owner.email)
    const answer = await server.post('/password/reset/set-new/', NEW, { headers: { cookie } })
    expect(answer).toMatchObject({ status: 200 })
    expect(answer.body).toEqual({
      detail: 'Password reset.',
      mfa_required: true,
      challenge_id: SECRET,
      methods: ['totp', 'recovery_code'],
      expires_in: 300,
    })
    expect(await countSessions(owner.userId)).toBe(0)
    const [after] = await halfLogins({ email: owner.email, password: NEW_PASSWORD })
    expect(after.body).toMatchObject({ mfa_required: true })
  })

  it('by its secret, over tRPC, asks as well', async () => {
    const owner = await signUpProven({ totp: true })
    await server.post('/password/reset/', { email: owner.email })
    const { secret } = await server.mailbox.next(owner.email, 'reset-password')
    const answer = await callTrpc(
      server.url,
      { path: 'password.setNew', type: 'mutation' },
      { input: { ...NEW, token: secret } },
    )
    expect(answer.body).toMatchObject({ result: { data: { detail: 'Password reset.', mfa_required: true } } })
  })

  it('that proves the address for the first time removes the factors', async () => {
    const stranger = await signUpWithFactors(server, { totp: true, codes: true, passkey: true })
    const { cookie } = await server.openReset(stranger.email)
    const answer = await server.post('/password/reset/set-new/', NEW, { headers: { cookie } })
    expect(Object.keys(answer.body as object).sort()).toEqual(['access', 'detail', 'refresh'])
    const [left] = await server.database.sql`select
      (select count(*)::int from totp_factors where user_id = ${stranger.userId}) +
      (select count(*)::int from passkeys where user_id = ${stranger.userId}) +
      (select count(*)::int from recovery_codes where user_id = ${stranger.userId}) as factors,
      (select second_factor from users where id = ${stranger.userId}) as "isOn"`
    expect(left).toEqual({ factors: 0, isOn: false })
    const events = await server.database.sql`select details from audit_events
      where user_id = ${stranger.userId} and kind = 'factors_reset'`
    expect(events).toEqual([{ details: { reason: 'address_proven' } }])
  })

  it('of a posted form goes to the complete page, without a session where a factor is due', async () => {
    const cookies = await startMailServer({
      refreshCookie: { secure: false, sameSite: 'Lax', path: '/' },
    } as never)
    try {
      const owner = await signUpWithFactors(cookies, { totp: true })
      await cookies.database.sql`update users set email_verified = true where id = ${owner.userId}`
      const { cookie } = await cookies.openReset(owner.email)
      const answer = await call(`${cookies.url}/password/reset/set-new/`, {
        body: new URLSearchParams(NEW),
        headers: { accept: 'text/html', cookie, origin: 'http://localhost:3000' },
      })
      expect(answer.status).toBe(303)
      expect(cookieOf(answer)).not.toMatch(/^refresh_token/)
      expect(answer.headers.getSetCookie().filter((one) => one.startsWith('refresh_token='))).toEqual([])
      expect(await cookies.database.sql`select 1 from sessions where user_id = ${owner.userId}`).toHaveLength(
        0,
      )
    } finally {
      await cookies.close()
    }
  })
})

const RECENT = OPERATIONS.filter(({ meta }) => meta.recent)

describe('a recent proof', () => {
  const REFUSED = {
    detail: 'Please confirm that it is you and try again.',
    code: 'insufficient_user_authentication',
    max_age: 900,
    acr_values: 'aal2',
    methods: ['passkey', 'totp'],
  }

  it('is asked for by the operations that take an account over, and by no sign-out', () => {
    expect(RECENT.map(({ path }) => path).sort()).toEqual([
      '/email/change/',
      '/mfa/activate/',
      '/mfa/deactivate/',
      '/mfa/enable/',
      '/mfa/recovery-codes/',
      '/mfa/setup/',
      '/passkeys/',
      '/passkeys/options/',
      '/passkeys/{id}/',
      '/password/change/',
      '/social/accounts/{id}/',
      '/social/connect/',
      '/social/{provider}/connect/code/',
      '/social/{provider}/connect/token/',
      '/staff/users/{id}/reset-factors/',
      '/user/delete/',
    ])
  })

  /** Makes a user with both factors, in a session of `aal1`, who may call every operation. */
  async function signUpStaff() {
    const owner = await signUpProven({ totp: true })
    await addPasskey(server, owner.userId)
    await server.database.sql`update users set role = 900 where id = ${owner.userId}`
    return owner
  }

  /** Calls an operation through both doors, with fields that are refused where it has some. */
  async function callBoth(endpoint: Endpoint, token: string) {
    const { method, procedure, procedurePath: path } = endpoint
    const rest = await call(server.url + pathOf(endpoint), { method, json: { password: 5 }, token })
    const { type } = procedure._def
    return [rest, await callTrpc(server.url, { path, type }, { input: { password: 5 }, token })] as const
  }

  const BY_NAME = RECENT.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const)

  it.each(BY_NAME)('%s refuses a session of aal1 before it reads the fields', async (_name, endpoint) => {
    const [rest, trpc] = await callBoth(endpoint, (await signUpStaff()).access)
    expect(rest).toMatchObject({ status: 403, body: REFUSED })
    expect(rest.headers.get('www-authenticate')).toBe(
      'Bearer realm="api", error="insufficient_user_authentication", error_description="Please confirm that it is you and try again.", acr_values="aal2", max_age=900',
    )
    const { detail: message, ...data } = REFUSED
    expect(trpc).toMatchObject({ status: 403, body: { error: { message, data } } })
  })

  it.each(BY_NAME)('%s refuses an old proof, and none that is recent', async (_name, endpoint) => {
    const owner = await signUpStaff()
    await raiseLevel(server, owner.sessionId)
    server.clock.seconds = 901
    const old = await callBoth(endpoint, owner.access)
    server.clock.seconds = 0
    for (const { status, text } of old) {
      expect(status).toBe(403)
      expect(text).toContain('insufficient_user_authentication')
      expect(text).not.toContain('acr_values')
    }
    for (const { text } of await callBoth(endpoint, owner.access)) {
      expect(text).not.toContain('insufficient_user_authentication')
    }
  })

  it('is not asked of a user without a second factor, and signing out asks nobody', async () => {
    const { tokens } = await signUp(server.ctx)
    server.clock.seconds = 1000
    const wrong = { password: 'wrong', new_email: newEmail() }
    expect((await server.post('/email/change/', wrong, { token: tokens.access })).status).toBe(400)
    server.clock.seconds = 0
    const owner = await signUpProven({ totp: true })
    const id = (await signUp(server.ctx, newEmail())).sessionId
    const revoked = await call(`${server.url}/sessions/${id}/`, { method: 'DELETE', token: owner.access })
    expect(revoked.status).toBe(404)
    expect((await server.post('/logout-all/', {}, { token: owner.access })).status).toBe(200)
  })

  it('in an aal2 session is what staff act by, where a second factor of the role is required', async () => {
    const required = await startTestServer({ settings: { mfaRequiredRoles: [1000, 900] } })
    try {
      const { tokens, userId, sessionId } = await signUp(required.ctx)
      await required.database.sql`update users set role = 900 where id = ${userId}`
      const send = () =>
        Promise.all(
          operationsOf('staff', 'superuser').map(([, endpoint]) => {
            const { method } = endpoint
            const json = method === 'GET' ? undefined : {}
            return call(required.url + pathOf(endpoint), { method, json, token: tokens.access })
          }),
        )
      for (const { status, body } of await send()) {
        expect(status).toBe(403)
        expect(body).toMatchObject({ code: 'insufficient_user_authentication', acr_values: 'aal2' })
      }
      await raiseLevel(required, sessionId)
      for (const { status } of await send()) expect(status).not.toBe(403)
    } finally {
      await required.close()
    }
  })
})

describe('POST /reauthenticate/', () => {
  it('gives the tokens of a successor through both doors, and the sentence', async () => {
    const { tokens } = await signUp(server.ctx)
    const json = { password: PASSWORD }
    const rest = await server.post('/reauthenticate/', json, { token: tokens.access })
    expect(rest).toMatchObject({ status: 200, body: { detail: 'Confirmed.' } })
    expect(Object.keys(rest.body as object).sort()).toEqual(['access', 'detail', 'refresh'])
    const { access } = rest.body as { access: string }
    const trpc = await callTrpc(
      server.url,
      { path: 'auth.reauthenticate', type: 'mutation' },
      { input: json, token: access },
    )
    expect(trpc.body).toMatchObject({ result: { data: { detail: 'Confirmed.' } } })
  })

  it('in cookie mode sets the cookie, and refuses pages of other sites', async () => {
    const cookies = await startTestServer({
      app: { refreshCookie: { secure: false, sameSite: 'Lax', path: '/' } },
    })
    try {
      const { tokens } = await signUp(cookies.ctx)
      const ask = (headers: Record<string, string>) =>
        call(`${cookies.url}/reauthenticate/`, {
          json: { password: PASSWORD },
          token: tokens.access,
          headers,
        })
      const refused = await ask({ origin: 'https://evil.example' })
      expect(refused).toMatchObject({ status: 403, body: { code: 'csrf_failed' } })
      const answer = await ask({})
      expect(Object.keys(answer.body as object).sort()).toEqual(['access', 'detail'])
      expect(cookieOf(answer)).toMatch(/^refresh_token=[\w.-]+$/)
    } finally {
      await cookies.close()
    }
  })
})
