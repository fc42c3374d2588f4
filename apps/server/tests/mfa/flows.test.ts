import { readClaims, signUp, totpCode, withConfig, wrongTotpCode } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { cookieOf } from '../mail/mail-server.ts'
import { operationsOf } from '../operations.ts'
import { DOORS } from '../passkeys/doors.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { askChallenge, signUpWithApp, succeed } from './people.ts'

const COOKIES = { refreshCookie: { secure: false, sameSite: 'Lax', path: '/' } } as const
const CODES = Array.from({ length: 10 }, () => expect.stringMatching(/^(?:[0-9a-z]{4}-){5}[0-9a-z]{4}$/))

let server: TestServer
let required: TestServer
beforeAll(async () => {
  server = await startTestServer()
  required = await startTestServer({
    settings: { mfaMode: 'required' },
    core: { database: server.database, clockShift: server.clock },
  })
})
afterAll(async () => {
  await required.close()
  await server.close()
})

/** Signs up a user whose next sign-in must set up a factor. */
const signUpBefore = () => signUp(withConfig(required.ctx, { mfaMode: 'optional' }))

describe.each(DOORS)('by %s', (_name, door) => {
  const ask = (name: string, sent: Parameters<typeof door>[2]) => door(server.url, name, sent)

  it('an app is set up, signs in, and is turned off', async () => {
    const owner = await signUpWithApp(server, door)
    const { token } = owner
    expect(owner.codes).toEqual(CODES)
    const status = { enabled: true, required: false, methods: ['totp', 'recovery_code'] }
    expect((await ask('mfa.status', { token })).body).toEqual({ ...status, recovery_codes_left: 10 })
    const challenge_id = await askChallenge(server, owner, door)
    const code = totpCode(owner.secret, server.clock)
    const tokens = await succeed(ask('mfa.verify', { input: { challenge_id, code } }))
    expect(Object.keys(tokens).sort()).toEqual(['access', 'refresh'])
    expect(readClaims(String(tokens.access))).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })
    const input = { password: owner.password }
    expect(await succeed(ask('mfa.deactivate', { input, token }))).toEqual({ success: true })
    expect((await ask('mfa.status', { token })).body).toEqual({
      enabled: false,
      required: false,
      methods: [],
      recovery_codes_left: 0,
    })
  })

  it('a code is typed with blanks, and no number and no other digits are one', async () => {
    const owner = await signUpWithApp(server, door)
    const challenge_id = await askChallenge(server, owner, door)
    const code = totpCode(owner.secret, server.clock)
    const refusals = [Number(code), code.slice(1), `${code}1`, '１２３４５６', 'abcdef', 'a\0bcde']
    for (const wrong of refusals) {
      const { status, body } = await ask('mfa.verify', { input: { challenge_id, code: wrong } })
      expect([wrong, status]).toEqual([wrong, 400])
      expect(['invalid', 'invalid_code']).toContain(body.code)
    }
    const spaced = `${code.slice(0, 3)} ${code.slice(3)} `
    await succeed(ask('mfa.verify', { input: { challenge_id, code: spaced } }))
  })

  it('a recovery code works once, however it is typed', async () => {
    const owner = await signUpWithApp(server, door)
    const typed = ` ${owner.codes[0]?.toUpperCase().replaceAll('-', ' ')} `
    const first = { challenge_id: await askChallenge(server, owner, door), recovery_code: typed }
    const tokens = await succeed(ask('mfa.verifyRecovery', { input: first }))
    expect(readClaims(String(tokens.access)).amr).toEqual(['pwd', 'recovery_code', 'mfa'])
    const again = { challenge_id: await askChallenge(server, owner, door), recovery_code: typed }
    const refused = await ask('mfa.verifyRecovery', { input: again })
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_recovery_code' } })
    const list = await ask('mfa.authenticators', { token: owner.token })
    expect(list.body).toMatchObject([
      { type: 'totp', last_used_at: null },
      { type: 'recovery_codes', left: 9, last_used_at: expect.any(String) },
    ])
  })

  it('new recovery codes replace the former ones', async () => {
    const owner = await signUpWithApp(server, door)
    const told = await succeed(ask('mfa.replaceRecoveryCodes', { token: owner.token }))
    expect(told).toEqual({ recovery_codes: CODES })
    const former = { challenge_id: await askChallenge(server, owner, door), recovery_code: owner.codes[0] }
    expect((await ask('mfa.verifyRecovery', { input: former })).status).toBe(400)
  })

  it('the tenth wrong code locks codes, and says for how long', async () => {
    const owner = await signUpWithApp(server, door)
    const answers = []
    for (let count = 0; count < 10; count += 1) {
      const challenge_id = await askChallenge(server, owner, door)
      const code = wrongTotpCode(owner.secret, server.clock)
      answers.push(await ask('mfa.verify', { input: { challenge_id, code } }))
    }
    expect(answers.map(({ status }) => status)).toEqual([...Array(9).fill(400), 429])
    expect(answers[9]?.body).toMatchObject({ code: 'mfa_locked' })
    const wait = Number(answers[9]?.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(600)
    expect(wait).toBeLessThanOrEqual(900)
    const challenge_id = await askChallenge(server, owner, door)
    const right = { challenge_id, code: totpCode(owner.secret, server.clock) }
    expect((await ask('mfa.verify', { input: right })).status).toBe(429)
    const recovery_code = owner.codes[0]
    expect((await ask('mfa.verifyRecovery', { input: { challenge_id, recovery_code } })).status).toBe(200)
  })

  it('a sign-in that must set up a factor gets its tokens by the first code', async () => {
    const person = await signUpBefore()
    const setup_challenge_id = await askChallenge(required, person, door)
    const setUp = await succeed(door(required.url, 'mfa.setup', { input: { setup_challenge_id } }))
    const code = totpCode(String(setUp.secret), server.clock)
    const input = { setup_challenge_id, code }
    const told = await succeed(door(required.url, 'mfa.activate', { input }))
    expect(Object.keys(told).sort()).toEqual(['access', 'recovery_codes', 'refresh', 'success'])
    expect(readClaims(String(told.access))).toMatchObject({ sub: person.userId, acr: 'aal2' })
    const again = await door(required.url, 'mfa.activate', { input })
    expect(again).toMatchObject({ status: 401, body: { code: 'not_authenticated' } })
    const user = await door(required.url, 'user.get', { token: person.tokens.access })
    expect(user.status).toBe(401)
  })

  it('a header decides alone, whatever challenge is beside it', async () => {
    const setup_challenge_id = await askChallenge(required, await signUpBefore(), door)
    for (const authorization of ['', 'Basic x', 'Bearer a.b.c']) {
      for (const [, { procedurePath }] of operationsOf('setup')) {
        const sent = { input: { setup_challenge_id }, headers: { authorization } }
        expect((await door(required.url, procedurePath, sent)).status).toBe(401)
      }
    }
    const other = await signUpBefore()
    const sent = { input: { setup_challenge_id }, token: other.tokens.access }
    const told = await succeed(door(required.url, 'mfa.setup', sent))
    expect(String(told.provisioning_uri)).toContain(encodeURIComponent(other.email))
  })

  it('refuses in this order: the caller, what is turned off, the proof, the fields', async () => {
    const disabled = await startTestServer({
      settings: { mfaMode: 'disabled', passkeysEnabled: false },
      core: { database: server.database, clockShift: server.clock },
    })
    try {
      const { token } = await signUpWithApp(server)
      const input = { code: 5, challenge_id: 5 }
      const told = async (url: string, name: string, sent: object) => (await door(url, name, sent)).body.code
      expect(await told(disabled.url, 'mfa.activate', { input })).toBe('not_authenticated')
      expect(await told(disabled.url, 'mfa.activate', { input, token })).toBe('mfa_disabled')
      expect(await told(disabled.url, 'mfa.verify', { input })).toBe('mfa_disabled')
      expect(await told(disabled.url, 'passkeys.list', { token })).toBe('passkeys_disabled')
      const { clock } = server
      clock.seconds += 901
      expect(await told(server.url, 'mfa.activate', { input, token })).toBe(
        'insufficient_user_authentication',
      )
      clock.seconds -= 901
      expect(await told(server.url, 'mfa.activate', { input, token })).toBe('invalid')
    } finally {
      await disabled.close()
    }
  })
})

describe('in cookie mode', () => {
  let cookies: TestServer
  beforeAll(async () => {
    cookies = await startTestServer({
      app: COOKIES,
      settings: { mfaMode: 'required' },
      core: { database: server.database, clockShift: server.clock },
    })
  })
  afterAll(() => cookies.close())

  it('the last step of a sign-in sets the cookie, and no page of another site takes it', async () => {
    const owner = await signUpWithApp(server)
    const challenge_id = await askChallenge(cookies, owner)
    const json = { challenge_id, code: totpCode(owner.secret, server.clock) }
    const ask = (headers: Record<string, string>) => call(`${cookies.url}/mfa/verify/`, { json, headers })
    const refused = await ask({ origin: 'https://evil.example' })
    expect(refused).toMatchObject({ status: 403, body: { code: 'csrf_failed' } })
    const answer = await ask({})
    expect(Object.keys(answer.body as object)).toEqual(['access'])
    expect(cookieOf(answer)).toMatch(/^refresh_token=[\w.-]+$/)
  })

  it('an activation in a session sets no cookie, and one that ends a sign-in does', async () => {
    const person = await signUpBefore()
    const token = person.tokens.access
    const activate = async (sent: { setup_challenge_id?: string }, bearer?: string) => {
      const setUp = await call(`${cookies.url}/mfa/setup/`, { json: sent, ...(bearer && { token: bearer }) })
      const code = totpCode((setUp.body as { secret: string }).secret, server.clock)
      const json = { ...sent, code }
      return call(`${cookies.url}/mfa/activate/`, { json, ...(bearer && { token: bearer }) })
    }
    const inSession = await activate({}, token)
    expect(Object.keys(inSession.body as object).sort()).toEqual(['recovery_codes', 'success'])
    expect(inSession.headers.getSetCookie()).toEqual([])
    const setup_challenge_id = await askChallenge(cookies, await signUpBefore())
    const signIn = await activate({ setup_challenge_id })
    expect(Object.keys(signIn.body as object).sort()).toEqual(['access', 'recovery_codes', 'success'])
    expect(cookieOf(signIn)).toMatch(/^refresh_token=[\w.-]+$/)
  })
})
