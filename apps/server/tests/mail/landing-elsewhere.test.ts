import { OPERATOR, type UserId } from '@latchkey/core'
import { deactivateUser } from '@latchkey/core/operations/staff/deactivate-user'
import { NEW_PASSWORD, newEmail, PASSWORD, readClaims } from '@latchkey/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call, callTrpc } from '../call.ts'
import { type MailServer, type Pair, startMailServer } from './mail-server.ts'

const APP = 'https://app.example.org'
const NEW = { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
const SET_NEW = '/password/reset/set-new/'
const PERSON = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const FROM_APP = { origin: APP, 'sec-fetch-site': 'cross-site' }
const SPENT = { status: 401, code: 'token_not_valid' }

/** Sets a new password as the page of the app does, over both doors. */
const DOORS: Record<string, (fields: Record<string, unknown>) => Promise<{ status: number; code: unknown }>> =
  {
    REST: async (fields) => {
      const answer = await server.post(SET_NEW, { ...NEW, ...fields }, { headers: FROM_APP })
      return { status: answer.status, code: (answer.body as { code?: string }).code }
    },
    tRPC: async (fields) => {
      const input = { ...NEW, ...fields }
      const procedure = { path: 'password.setNew', type: 'mutation' }
      const answer = await callTrpc(server.url, procedure, { input, headers: FROM_APP })
      const { error } = answer.body as { error?: { data: { code: string } } }
      return { status: answer.status, code: error?.data.code }
    },
  }

let server: MailServer
let email: string
let tokens: Pair
beforeAll(async () => {
  server = await startMailServer({
    emailVerification: 'optional',
    corsOrigins: [APP],
    passwordResetRedirect: `${APP}/reset#token={token}&for={purpose}`,
    emailVerifiedRedirect: `${APP}/confirm#{purpose}={token}`,
  })
})
beforeEach(async () => {
  const person = await server.register()
  email = person.email
  tokens = person.tokens
})
afterEach(() => {
  server.clock.seconds = 0
})
afterAll(() => server.close())

/** Opens a reset link, and returns its path and the token that the page of the app gets. */
async function openReset(): Promise<{ path: string; secret: string; token: string }> {
  await server.post('/password/reset/', { email })
  const { path, secret } = await server.mailbox.next(email, 'reset-password')
  const opened = await server.get(path, PERSON)
  expect(opened.status).toBe(302)
  expect(opened.headers.get('set-cookie')).toBeNull()
  expect(opened.headers.get('referrer-policy')).toBe('no-referrer')
  const target = new URL(opened.headers.get('location') ?? '')
  expect([target.origin, target.pathname, target.search]).toEqual([APP, '/reset', ''])
  const values = new URLSearchParams(target.hash.slice(1))
  expect(values.get('for')).toBe('reset')
  return { path, secret, token: values.get('token') ?? '' }
}

const canLogin = async (password: string) =>
  (await server.post('/login/', { email, password })).status === 200

describe.each(Object.entries(DOORS))(
  'a reset that is finished by an app on another site, over %s',
  (_, setNew) => {
    it('sets the password without a cookie, once', async () => {
      const { token, secret } = await openReset()
      expect(token).not.toContain(secret)
      expect(await setNew({ token })).toMatchObject({ status: 200 })
      expect([await canLogin(PASSWORD), await canLogin(NEW_PASSWORD)]).toEqual([false, true])
      expect(await setNew({ token })).toEqual(SPENT)
      expect(await setNew({ token: secret })).toEqual(SPENT)
    })

    it('sent 20 times at once succeeds once', async () => {
      const { token } = await openReset()
      const answers = await Promise.all(Array.from({ length: 20 }, () => setNew({ token })))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(401)])
    })

    it('still works after scanners, prefetches and a refused password', async () => {
      const { path, token } = await openReset()
      const visits: Record<string, string>[] = [
        {},
        { accept: '*/*' },
        { ...PERSON, 'sec-purpose': 'prefetch' },
      ]
      for (const headers of visits) expect((await server.get(path, headers)).status).toBe(302)
      expect((await call(server.url + path, { method: 'HEAD' })).status).toBe(302)
      expect((await setNew({ token, new_password1: '1234' })).status).toBe(400)
      expect((await setNew({ token })).status).toBe(200)
    })

    it('works as long as a cookie would: past the link that was opened in time, and not past its own life', async () => {
      const { token, secret } = await openReset()
      server.clock.seconds = 3500
      const late = await openReset()
      server.clock.seconds = 3700
      expect(await setNew({ token })).toEqual(SPENT)
      expect(await setNew({ token: secret })).toEqual(SPENT)
      server.clock.seconds = 7000
      expect((await setNew({ token: late.token })).status).toBe(200)
    })

    it('is refused for a deactivated user, for a changed token and for a token of another kind', async () => {
      const { token } = await openReset()
      const forged = token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
      for (const bad of [forged, `${token}.`, tokens.access, tokens.refresh, 'x'])
        expect(await setNew({ token: bad })).toEqual(SPENT)
      await deactivateUser(server.ctx, { by: OPERATOR, userId: readClaims(tokens.access).sub as UserId })
      expect(await setNew({ token })).toEqual(SPENT)
    })
  },
)

describe('a confirmation that is finished by an app on another site', () => {
  const confirm = {
    REST: (path: string) => server.get(path, { accept: 'application/json', origin: APP }),
    tRPC: (path: string, purpose: string) => {
      const procedure = {
        path: purpose === 'signup' ? 'registration.verify' : 'email.confirmChange',
        type: 'mutation',
      }
      return callTrpc(server.url, procedure, { input: { key: path.split('/').at(-2) }, headers: FROM_APP })
    },
  }

  async function mailLink(purpose: string): Promise<{ path: string; secret: string; to: string }> {
    if (purpose === 'signup') return { ...(await server.mailbox.next(email, 'verify-email')), to: email }
    const to = newEmail()
    const fields = { new_email: to, password: PASSWORD }
    await server.post('/email/change/', fields, { token: tokens.access })
    return { ...(await server.mailbox.next(to, 'confirm-email-change')), to }
  }

  const isConfirmed = async (address: string) => {
    const [row] = await server.database.sql`select email_verified from users where email = ${address}`
    return row?.email_verified ?? false
  }

  it.each(
    ['signup', 'change'].flatMap((purpose) => Object.keys(confirm).map((door) => [purpose, door] as const)),
  )(
    'changes nothing when the link is opened (%s), and does the work when the app asks over %s',
    async (purpose, door) => {
      const { path, secret, to } = await mailLink(purpose)
      for (const accept of [PERSON.accept, '*/*', 'text/html, application/json']) {
        const opened = await server.get(path, { accept })
        expect(opened.status).toBe(302)
        expect(opened.headers.get('location')).toBe(`${APP}/confirm#${purpose}=${secret}`)
      }
      expect((await call(server.url + path, { method: 'HEAD' })).status).toBe(302)
      expect(await isConfirmed(to)).toBe(false)
      const done = await confirm[door as keyof typeof confirm](path, purpose)
      expect(done.status).toBe(door === 'REST' ? 302 : 200)
      expect(done.headers.get('location') ?? '').not.toContain(secret)
      expect(await isConfirmed(to)).toBe(true)
    },
  )

  it('of an unknown link is the page of an invalid link', async () => {
    const gone = await server.get('/registration/verification/unknown/', PERSON)
    expect(gone.status).toBe(404)
    expect(gone.headers.get('location')).toBeNull()
  })
})

it('a browser that posts to a link does its work, also where the landing takes the secret', async () => {
  const emailVerifiedRedirect = `${APP}/confirm#{purpose}={token}`
  const own = await startMailServer({
    emailVerification: 'optional',
    emailLinkButton: true,
    emailVerifiedRedirect,
  })
  const person = await own.register()
  const path = await own.nextPath(person.email, 'verify-email')
  const posted = await call(own.url + path, { method: 'POST', headers: PERSON })
  const [row] = await own.database.sql`select email_verified from users where email = ${person.email}`
  await own.close()
  expect([posted.status, posted.headers.get('location')]).toEqual([303, `${APP}/confirm`])
  expect(row?.email_verified).toBe(true)
})

it('a form of another site that posts the token leads to the address without a secret', async () => {
  const { token } = await openReset()
  const body = new URLSearchParams({ ...NEW, token })
  const answer = await call(server.url + SET_NEW, { body, headers: { ...PERSON, origin: APP } })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${APP}/reset`])
})

it.each(['token', 'secret'] as const)(
  'a form of another site that posts the %s with a refused password gets the form with its errors, which works',
  async (kind) => {
    const opened = await openReset()
    const post = (fields: Record<string, string>, origin: string) =>
      call(server.url + SET_NEW, { body: new URLSearchParams(fields), headers: { ...PERSON, origin } })
    const weak = { new_password1: '1234', new_password2: '1234', token: opened[kind] }
    const refused = await post(weak, APP)
    expect(refused.status).toBe(400)
    expect(refused.text).toContain('This password is too short.')
    const hidden = [...refused.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]+)">/g)]
    const kept = Object.fromEntries(hidden.map(([, name, value]) => [name, value]))
    expect((await post({ ...kept, ...NEW }, new URL(server.ctx.config.publicUrl).origin)).status).toBe(303)
    expect(await canLogin(NEW_PASSWORD)).toBe(true)
    expect((await post({ ...weak, ...NEW }, APP)).text).toContain('link')
  },
)
