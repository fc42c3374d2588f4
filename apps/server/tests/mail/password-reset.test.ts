import { NEW_PASSWORD, newEmail, PASSWORD, readClaims } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call, callTrpc } from '../call.ts'
import { cookieOf, type MailServer, type Pair, startMailServer } from './mail-server.ts'

const SENT = '{"detail":"Password reset e-mail has been sent."}'
const NEW = { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
const SET_NEW = '/password/reset/set-new/'
const SPENT = { detail: 'Token is invalid or expired', code: 'token_not_valid' }

let server: MailServer
let email: string
let tokens: Pair
beforeAll(async () => {
  server = await startMailServer()
})
beforeEach(async () => {
  server.clock.seconds = 0
  const person = await server.register()
  email = person.email
  tokens = person.tokens
})
afterAll(() => server.close())

const setNew = (cookie: string, json: unknown = NEW) => server.post(SET_NEW, json, { headers: { cookie } })
const canLogin = async (password: string) =>
  (await server.post('/login/', { email, password })).status === 200

describe('a reset link', () => {
  it('is mailed only to the address of a user, and every address gets the same answer', async () => {
    const stranger = newEmail()
    for (const one of [email, stranger]) {
      expect(await server.post('/password/reset/', { email: one })).toMatchObject({ status: 200, text: SENT })
    }
    expect(await server.mailbox.kindsTo(email)).toEqual(['reset-password'])
    expect(await server.mailbox.kindsTo(stranger)).toEqual([])
  })

  it('leads to the form with a cookie, and the token of the link is in neither of them', async () => {
    await server.post('/password/reset/', { email })
    const mail = await server.mailbox.next(email, 'reset-password')
    const answer = await server.get(`${mail.path}?next=https://evil.example`)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe('/password/reset/default/')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(
      /^password_reset_access_token=[\w.-]+; Max-Age=3600; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    expect(cookie).not.toContain(mail.secret)
  })

  it.each([{}, { new_password1: NEW_PASSWORD }, { new_password1: 5, new_password2: null }])(
    'is asked for before the fields are judged: %o',
    async (fields) => {
      const none = { status: 401, body: { code: 'not_authenticated' } }
      expect(await server.post(SET_NEW, fields)).toMatchObject(none)
      expect(await setNew('password_reset_access_token=forged', fields)).toMatchObject(none)
      expect(await server.post(SET_NEW, { ...fields, token: 'unknown' })).toMatchObject({
        status: 401,
        body: SPENT,
      })
      const { cookie } = await server.openReset(email)
      expect((await setNew(cookie, fields)).status).toBe(400)
      expect((await server.post(SET_NEW, { ...fields, token: 5 })).status).toBe(400)
    },
  )

  it('still works after HEAD, after opening and after a refused password', async () => {
    const { path, cookie } = await server.openReset(email)
    for (let i = 0; i < 3; i++) {
      const head = await call(server.url + path, { method: 'HEAD' })
      expect(head.status).toBe(302)
      expect(head.headers.get('set-cookie')).toBeNull()
      expect((await server.get(path)).status).toBe(302)
    }
    const weak = await setNew(cookie, { new_password1: '1234', new_password2: '1234' })
    expect(weak).toMatchObject({
      status: 400,
      body: {
        new_password2: [
          'This password is too short. It must contain at least 8 characters.',
          'This password is too common.',
          'This password is entirely numeric.',
        ],
      },
    })
    expect((await setNew(cookie, { ...NEW, new_password2: 'x' })).body).toEqual({
      new_password2: ['The two password fields didn’t match.'],
    })
    expect((await setNew(cookie)).status).toBe(200)
  })

  it('sets the password, signs in, and ends every other session and link of the user', async () => {
    const unused = await server.openReset(email)
    const { path, cookie } = await server.openReset(email)
    const answer = await setNew(cookie)
    expect(answer).toMatchObject({ status: 200, body: { detail: 'Password reset.' } })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('set-cookie')).toMatch(/^password_reset_access_token=; Max-Age=0; Path=\//)
    const pair = answer.body as Pair
    expect(readClaims(pair.access)).toMatchObject({ email_verified: true })
    expect((await call(`${server.url}/user/`, { token: pair.access })).status).toBe(200)
    expect((await call(`${server.url}/user/`, { token: tokens.access })).status).toBe(401)
    expect((await server.post('/refresh/', { refresh: tokens.refresh })).status).toBe(401)
    expect([await canLogin(PASSWORD), await canLogin(NEW_PASSWORD)]).toEqual([false, true])
    for (const dead of [path, unused.path]) {
      const opened = await server.get(dead)
      expect(opened.status).toBe(200)
      expect(opened.text).toContain('This link was invalid')
      expect(opened.headers.get('set-cookie')).toBeNull()
    }
    for (const spent of [cookie, unused.cookie]) {
      expect(await setNew(spent)).toMatchObject({ status: 401, body: SPENT })
    }
    expect(await server.mailbox.kindsTo(email)).toContain('password-changed')
  })

  it('is void after its lifetime, after a change of password and after a deactivation', async () => {
    const deaths = {
      age: async () => {
        server.clock.seconds = 3601
      },
      change: () =>
        server.post('/password/change/', { old_password: PASSWORD, ...NEW }, { token: tokens.access }),
      deactivation: () => server.database.sql`update users set is_active = false where email = ${email}`,
    }
    for (const die of Object.values(deaths)) {
      server.clock.seconds = 0
      const person = await server.register()
      ;({ email, tokens } = person)
      const { cookie } = await server.openReset(email)
      await die()
      expect((await setNew(cookie)).status).toBe(401)
    }
  })

  it.each([
    'root@localhost',
    'a..b@docomo.example',
    '"ada l"@example.com',
    'ada@[192.0.2.1]',
    `${'a'.repeat(70)}@example.com`,
  ])('reaches the user of an import, whose address a sign-up refuses: %s', async (address) => {
    const person = await server.register()
    await server.database.sql`update users set email = ${address} where email = ${person.email}`
    const refused = await server.register({ email: address })
    expect(refused.answer.body).toMatchObject({ email: [expect.any(String)] })
    const asked = await server.post('/password/reset/', { email: ` ${address.toUpperCase()} ` })
    expect(asked).toMatchObject({ status: 200, body: { detail: 'Password reset e-mail has been sent.' } })
    expect((await server.post('/registration/resend-email/', { email: address })).status).toBe(200)
    expect((await server.post('/login/', { email: address, password: PASSWORD })).status).toBe(200)
    const { path } = await server.mailbox.next(address, 'reset-password')
    const answer = await setNew(cookieOf(await server.get(path)))
    expect(answer.status).toBe(200)
  })

  it.each(['wrong', '', 'MTIz'])('with the uid of another user (%s) is invalid', async (uid) => {
    await server.post('/password/reset/', { email })
    const { secret } = await server.mailbox.next(email, 'reset-password')
    const answer = await server.get(`/password/reset/confirm/${uid || 'x'}/${secret}/`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  it('used 50 times at once succeeds once', async () => {
    const { cookie } = await server.openReset(email)
    const answers = await Promise.all(Array.from({ length: 50 }, () => setNew(cookie)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(49)
  })
})

describe('POST /password/reset/set-new/', () => {
  it('is refused without a valid cookie', async () => {
    for (const cookie of [
      '',
      'password_reset_access_token=',
      'password_reset_access_token=a.b.c',
      'other=x',
    ]) {
      const answer = await setNew(cookie)
      expect(answer).toMatchObject({ status: 401, body: { code: 'not_authenticated' } })
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="api"')
    }
    const asCookie = await setNew(`password_reset_access_token=${tokens.access}`)
    expect(asCookie.body).toMatchObject({ code: 'not_authenticated' })
  })

  it('accepts the token of the link from a program, by REST and by tRPC', async () => {
    for (const door of ['rest', 'trpc']) {
      await server.post('/password/reset/', { email })
      const { secret } = await server.mailbox.next(email, 'reset-password')
      const input = {
        new_password1: `${NEW_PASSWORD} ${door}`,
        new_password2: `${NEW_PASSWORD} ${door}`,
        token: secret,
      }
      const send = () =>
        door === 'rest'
          ? server.post(SET_NEW, input)
          : callTrpc(server.url, { path: 'password.setNew', type: 'mutation' }, { input })
      expect((await send()).status).toBe(200)
      expect((await send()).status).toBe(401)
      expect(await canLogin(`${NEW_PASSWORD} ${door}`)).toBe(true)
    }
  })

  it('changes the user of the cookie, not the caller', async () => {
    const other = await server.register()
    const { cookie } = await server.openReset(other.email)
    const answer = await server.post(SET_NEW, NEW, { headers: { cookie }, token: tokens.access })
    expect(answer.status).toBe(200)
    expect([await canLogin(PASSWORD), await canLogin(NEW_PASSWORD)]).toEqual([true, false])
  })
})

describe('settings', () => {
  it('PASSWORD_RESET_REDIRECT leads to the operator’s form and removes the built-in pages', async () => {
    const redirect = 'https://app.example.com/new-password'
    const other = await startMailServer({
      passwordResetRedirect: redirect,
      resetCookie: { httpOnly: false, secure: true, sameSite: 'None', maxAgeSeconds: 600 },
      openedLinkLifetimeSeconds: 600,
    })
    try {
      const person = await other.register()
      await other.post('/password/reset/', { email: person.email })
      const answer = await other.get(await other.nextPath(person.email, 'reset-password'))
      expect(answer.headers.get('location')).toBe(redirect)
      expect(answer.headers.get('set-cookie')).toMatch(/; Max-Age=600; Path=\/; Secure; SameSite=None$/)
      for (const page of ['default', 'complete']) {
        expect((await other.get(`/password/reset/${page}/`)).status).toBe(404)
      }
      const headers = { cookie: cookieOf(answer), origin: 'https://app.example.com' }
      expect((await other.post(SET_NEW, NEW, { headers })).status).toBe(200)
    } finally {
      await other.close()
    }
  })

  it('LOGOUT_ON_PASSWORD_CHANGE=false keeps sessions at a change of password, and a reset ends them', async () => {
    const other = await startMailServer({ logoutOnPasswordChange: false, oldPasswordRequired: false })
    try {
      const person = await other.register()
      const changed = await other.post('/password/change/', NEW, { token: person.tokens.access })
      expect(changed).toMatchObject({ status: 200, text: '{"detail":"New password has been saved."}' })
      expect((await call(`${other.url}/user/`, { token: person.tokens.access })).status).toBe(200)
      expect(await other.mailbox.kindsTo(person.email)).toEqual(['password-changed'])
      const { cookie } = await other.openReset(person.email)
      const again = { new_password1: 'a third battery', new_password2: 'a third battery' }
      expect((await other.post(SET_NEW, again, { headers: { cookie } })).status).toBe(200)
      expect((await call(`${other.url}/user/`, { token: person.tokens.access })).status).toBe(401)
    } finally {
      await other.close()
    }
  })
})
