import { newEmail, PASSWORD, readClaims } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from './call.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const NEW_PASSWORD = 'another horse, another battery'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

interface Pair {
  access: string
  refresh: string
}

const post = (path: string, json: unknown, token?: string) => call(server.url + path, { json, token })

async function register(email = newEmail()) {
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  const answer = await post('/registration/', { email, password1: PASSWORD, password2: PASSWORD, ...names })
  return { email, answer, tokens: answer.body as Pair }
}

describe('POST /registration/', () => {
  it('creates a user and signs in', async () => {
    const { answer, tokens } = await register()
    expect(answer.status).toBe(201)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(Object.keys(tokens).sort()).toEqual(['access', 'refresh'])
    expect(readClaims(tokens.access)).toMatchObject({
      token_type: 'access',
      role: 0,
      iss: 'http://localhost:3000',
    })
  })

  it('refuses a taken address in any spelling', async () => {
    const { email } = await register()
    const again = await register(` ${email.toUpperCase()} `)
    expect(again.answer).toMatchObject({
      status: 400,
      body: { email: ['A user is already registered with this e-mail address.'] },
    })
  })

  it('refuses a bad password with a sentence for every broken rule, and passwords that differ', async () => {
    const person = { email: 'new@example.com', first_name: 'A', last_name: 'B' }
    const weak = await post('/registration/', { ...person, password1: '1234', password2: '1234' })
    expect(weak.body).toEqual({
      password1: [
        'This password is too short. It must contain at least 8 characters.',
        'This password is too common.',
        'This password is entirely numeric.',
      ],
    })
    const differ = await post('/registration/', { ...person, password1: PASSWORD, password2: NEW_PASSWORD })
    expect(differ.body).toEqual({ non_field_errors: ["The two password fields didn't match."] })
  })
})

describe('POST /login/', () => {
  it('signs in, and gives an unknown address the same answer as a wrong password', async () => {
    const { email } = await register()
    expect((await post('/login/', { email, password: PASSWORD })).status).toBe(200)
    const wrong = await post('/login/', { email, password: 'wrong' })
    const unknown = await post('/login/', { email: 'nobody@example.com', password: 'wrong' })
    const noAddress = await post('/login/', { email: 'no address', password: 'wrong' })
    expect(wrong.status).toBe(401)
    expect(wrong.text).toBe('{"detail":"Incorrect credentials","code":"incorrect_credentials"}')
    expect([unknown.text, noAddress.text]).toEqual([wrong.text, wrong.text])
    expect(wrong.headers.get('www-authenticate')).toBe('Bearer realm="api"')
  })

  it('tells that a user is deactivated only for the right password', async () => {
    const { email, tokens } = await register()
    const { sub } = readClaims(tokens.access)
    await server.database.sql`update users set is_active = false where id = ${sub}`
    expect((await post('/login/', { email, password: PASSWORD })).body).toEqual({
      detail: 'No active account found with the given credentials',
      code: 'no_active_account',
    })
    expect((await post('/login/', { email, password: 'wrong' })).body).toMatchObject({
      code: 'incorrect_credentials',
    })
  })
})

describe('POST /refresh/', () => {
  it('gives a new pair of tokens', async () => {
    const { tokens } = await register()
    const answer = await post('/refresh/', { refresh: tokens.refresh })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(readClaims((answer.body as Pair).refresh)).toMatchObject({ generation: 2 })
  })

  it('refuses in the words of the contract', async () => {
    const { tokens } = await register()
    const refuse = async (refresh: string) => (await post('/refresh/', { refresh })).body
    expect(await refuse('garbage')).toEqual({ detail: 'Token is invalid', code: 'token_not_valid' })
    expect(await refuse(tokens.access)).toEqual({ detail: 'Token has wrong type', code: 'token_not_valid' })
    server.clock.seconds += 15 * 86_400
    expect(await refuse(tokens.refresh)).toEqual({ detail: 'Token is expired', code: 'token_not_valid' })
    server.clock.seconds = 0
  })

  it('a replayed token ends its session', async () => {
    const { tokens } = await register()
    const next = (await post('/refresh/', { refresh: tokens.refresh })).body as Pair
    server.clock.seconds += 31
    const replayed = await post('/refresh/', { refresh: tokens.refresh })
    expect(replayed.body).toEqual({ detail: 'Token is invalid or expired', code: 'token_not_valid' })
    expect((await post('/refresh/', { refresh: next.refresh })).status).toBe(401)
    server.clock.seconds = 0
  })
})

describe('POST /logout/ and /logout-all/', () => {
  it('signs out of that session only', async () => {
    const { email, tokens } = await register()
    const other = (await post('/login/', { email, password: PASSWORD })).body as Pair
    const answer = await post('/logout/', { refresh: tokens.refresh }, tokens.access)
    expect(answer).toMatchObject({ status: 200, body: { detail: 'Successfully logged out.' } })
    expect((await post('/refresh/', { refresh: tokens.refresh })).status).toBe(401)
    expect((await post('/refresh/', { refresh: other.refresh })).status).toBe(200)
    const again = await post('/logout/', { refresh: tokens.refresh }, tokens.access)
    expect(again).toMatchObject({ status: 400, body: { detail: 'Invalid token.', code: 'token_not_valid' } })
  })

  it('a client with an expired access token can sign out', async () => {
    const { tokens } = await register()
    server.clock.seconds += 3600
    expect((await post('/logout/', { refresh: tokens.refresh }, tokens.access)).status).toBe(200)
    server.clock.seconds = 0
  })

  it('signs out of every session', async () => {
    const { email, tokens } = await register()
    const other = (await post('/login/', { email, password: PASSWORD })).body as Pair
    const answer = await call(`${server.url}/logout-all/`, { method: 'POST', token: tokens.access })
    expect(answer.body).toEqual({ detail: 'Successfully logged out from all devices.' })
    for (const { refresh } of [tokens, other]) expect((await post('/refresh/', { refresh })).status).toBe(401)
  })
})

describe('POST /password/change/', () => {
  it('ends every session and gives new tokens', async () => {
    const { email, tokens } = await register()
    const change = { old_password: PASSWORD, new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
    const answer = await post('/password/change/', change, tokens.access)
    expect(answer).toMatchObject({ status: 200, body: { detail: 'New password has been saved.' } })
    const next = answer.body as Pair
    expect((await call(`${server.url}/user/`, { token: tokens.access })).status).toBe(401)
    expect((await call(`${server.url}/user/`, { token: next.access })).status).toBe(200)
    expect((await post('/refresh/', { refresh: next.refresh })).status).toBe(200)
    expect((await post('/login/', { email, password: PASSWORD })).status).toBe(401)
  })

  it('refuses in the words of the contract', async () => {
    const { tokens } = await register()
    const change = async (old_password: string, new_password1: string, new_password2: string) =>
      (await post('/password/change/', { old_password, new_password1, new_password2 }, tokens.access)).body
    expect(await change('wrong', NEW_PASSWORD, NEW_PASSWORD)).toEqual({
      old_password: ['Your old password was entered incorrectly. Please enter it again.'],
    })
    expect(await change(PASSWORD, NEW_PASSWORD, 'x')).toEqual({
      new_password2: ['The two password fields didn’t match.'],
    })
    expect(await change(PASSWORD, 'lovelace', 'lovelace')).toEqual({
      new_password2: expect.arrayContaining(['The password is too similar to the last name.']),
    })
  })
})

describe('/user/', () => {
  it('shows the user, and a change changes only its names', async () => {
    const { email, tokens } = await register()
    const url = `${server.url}/user/`
    const token = tokens.access
    const names = { first_name: 'Ada', last_name: 'Lovelace' }
    const details = { email, ...names, language: null, has_usable_password: true }
    expect((await call(url, { token })).body).toEqual(details)
    const json = { email: 'else@example.com', first_name: '', role: 900, is_active: false }
    const patched = await call(url, { method: 'PATCH', json, token })
    expect(patched).toMatchObject({ status: 200, body: { ...details, first_name: '' } })
    const put = await call(url, { method: 'PUT', json: { email: 12, last_name: 'Łukasz 李' }, token })
    expect(put.body).toEqual({ ...details, first_name: '', last_name: 'Łukasz 李' })
    const refused = await call(url, { method: 'PUT', json: { first_name: null, last_name: 1 }, token })
    expect(refused.body).toEqual({
      first_name: ['This field may not be null.'],
      last_name: ['Not a valid string.'],
    })
  })

  it('is deleted for the right password', async () => {
    const { email, tokens } = await register()
    const wrong = await post('/user/delete/', { password: 'wrong' }, tokens.access)
    expect(wrong).toMatchObject({
      status: 400,
      body: { password: ['Your password was entered incorrectly.'] },
    })
    expect(await post('/user/delete/', { password: PASSWORD }, tokens.access)).toMatchObject({
      status: 204,
      text: '',
    })
    expect((await post('/refresh/', { refresh: tokens.refresh })).status).toBe(401)
    expect((await register(email)).answer.status).toBe(201)
    // The tokens of the deleted user are none of the next user with the address.
    expect((await call(`${server.url}/user/`, { token: tokens.access })).status).toBe(401)
    expect((await post('/refresh/', { refresh: tokens.refresh })).status).toBe(401)
  })
})

describe('/sessions/', () => {
  it('lists the sessions with their devices, and ends one of them', async () => {
    const { email, tokens } = await register()
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'
    const json = { email, password: PASSWORD }
    await call(`${server.url}/login/`, { json, headers: { 'user-agent': agent } })
    const listed = await call(`${server.url}/sessions/`, { token: tokens.access })
    const { sessions } = listed.body as { sessions: Record<string, unknown>[] }
    expect(sessions).toHaveLength(2)
    const other = sessions.find(({ current }) => !current)
    expect(other).toMatchObject({ browser: 'Firefox', os: 'Linux', ip: '127.0.0.1' })
    expect(other?.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(Object.keys(other ?? {}).sort()).toEqual([
      'browser',
      'created_at',
      'current',
      'device',
      'expires_at',
      'id',
      'ip',
      'last_seen_at',
      'os',
    ])
    const end = () => call(`${server.url}/sessions/${other?.id}/`, { method: 'DELETE', token: tokens.access })
    expect(await end()).toMatchObject({ status: 204, text: '' })
    expect((await end()).status).toBe(404)
  })

  it.each(['x', '%00', '%zz', 'a%2Fb', '01890a5d-ac96-774b-bcce-b302099a8057'])(
    'does not find the session %s',
    async (id) => {
      const { tokens } = await register()
      const answer = await call(`${server.url}/sessions/${id}/`, { method: 'DELETE', token: tokens.access })
      expect(answer.status).toBe(404)
    },
  )
})
