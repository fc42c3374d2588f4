import { newEmail, PASSWORD, readClaims } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, callTrpc } from '../call.ts'
import { type MailServer, type Pair, startMailServer } from './mail-server.ts'

const JSON_CALLER = { accept: 'application/json' }
const servers: Record<string, MailServer> = {}
const of = (name: string): MailServer => {
  const server = servers[name]
  if (!server) throw new Error(`There is no server ${name}.`)
  return server
}
beforeAll(async () => {
  servers.none = await startMailServer()
  servers.optional = await startMailServer({ emailVerification: 'optional' })
  servers.mandatory = await startMailServer({ emailVerification: 'mandatory' })
  servers.open = await startMailServer({ emailVerification: 'mandatory', preventEnumeration: false })
  servers.redirect = await startMailServer({
    emailVerification: 'optional',
    emailVerifiedRedirect: 'https://app.example.com/welcome?a=b',
  })
  servers.button = await startMailServer({ emailVerification: 'mandatory', emailLinkButton: true })
})
afterAll(() => Promise.all(Object.values(servers).map((server) => server.close())))

const TAKEN = { email: ['A user is already registered with this e-mail address.'] }
const SENT = '{"detail":"Verification e-mail sent."}'
const NO_KEY = `/registration/verification/${'x'.repeat(43)}/`

describe('EMAIL_VERIFICATION=none', () => {
  it('signs in at once, sends no mail, and has no page of verification', async () => {
    const { register, get, post, mailbox } = of('none')
    const { email, answer } = await register()
    expect(answer.status).toBe(201)
    expect(Object.keys(answer.body as Pair).sort()).toEqual(['access', 'refresh'])
    expect((await register({ email })).answer).toMatchObject({ status: 400, body: TAKEN })
    expect((await post('/registration/resend-email/', { email })).text).toBe(SENT)
    expect(await mailbox.kindsTo(email)).toEqual([])
    for (const path of [
      NO_KEY,
      '/registration/verified/',
      '/registration/account_email_verification_sent/',
    ]) {
      expect((await get(path)).status).toBe(404)
    }
  })
})

describe('EMAIL_VERIFICATION=optional', () => {
  it('signs in at once, mails a link, and the next refresh has the new claim', async () => {
    const { register, get, post, nextPath } = of('optional')
    const { email, answer, tokens } = await register()
    expect(answer.status).toBe(201)
    expect(readClaims(tokens.access)).toMatchObject({ email_verified: false })
    const followed = await get(await nextPath(email, 'verify-email'))
    expect(followed.status).toBe(302)
    expect(followed.headers.get('location')).toBe('/registration/verified/')
    expect(followed.headers.get('cache-control')).toBe('no-store')
    expect(followed.headers.get('referrer-policy')).toBe('no-referrer')
    const next = (await post('/refresh/', { refresh: tokens.refresh })).body as Pair
    expect(readClaims(next.access)).toMatchObject({ email_verified: true })
    expect((await register({ email })).answer).toMatchObject({ status: 400, body: TAKEN })
  })

  it('lets a user sign in who never followed the link', async () => {
    const { register, post } = of('optional')
    const { email } = await register()
    expect((await post('/login/', { email, password: PASSWORD })).status).toBe(200)
  })
})

describe('EMAIL_VERIFICATION=mandatory', () => {
  it('answers with a sentence, and refuses sign-ins until the link was followed', async () => {
    const { register, get, post, nextPath } = of('mandatory')
    const { email, answer } = await register()
    expect(answer).toMatchObject({ status: 201, text: SENT })
    const before = await post('/login/', { email, password: PASSWORD })
    expect(before).toMatchObject({
      status: 401,
      body: { detail: 'User email is not verified', code: 'email_not_verified' },
    })
    expect((await post('/login/', { email, password: 'wrong' })).body).toMatchObject({
      code: 'incorrect_credentials',
    })
    expect((await get(await nextPath(email, 'confirm-registration'))).status).toBe(302)
    const after = await post('/login/', { email, password: PASSWORD })
    expect(readClaims((after.body as Pair).access)).toMatchObject({ email_verified: true })
  })

  it('creates the user of the sign-up whose link is followed, among several for one address', async () => {
    const { register, get, post, nextPath } = of('mandatory')
    const { email } = await register({ password1: 'a stranger was here', password2: 'a stranger was here' })
    const stranger = await nextPath(email, 'confirm-registration')
    await register({ email })
    const own = await nextPath(email, 'confirm-registration')
    expect((await get(own)).status).toBe(302)
    expect((await get(stranger)).status).toBe(404)
    expect((await post('/login/', { email, password: PASSWORD })).status).toBe(200)
    expect((await post('/login/', { email, password: 'a stranger was here' })).status).toBe(401)
  })

  it('mails the owner of a taken address a notice that leads to a new password', async () => {
    const { register, get, nextPath, mailbox } = of('mandatory')
    const { email } = await register()
    await get(await nextPath(email, 'confirm-registration'))
    expect((await register({ email })).answer).toMatchObject({ status: 201, text: SENT })
    const notice = await mailbox.next(email, 'account-exists')
    expect(await get(notice.path)).toMatchObject({ status: 302 })
  })

  it('tells that an address is taken with PREVENT_ENUMERATION=false', async () => {
    const { register, get, nextPath } = of('open')
    const { email, answer } = await register()
    expect(answer).toMatchObject({ status: 201, text: SENT })
    await get(await nextPath(email, 'confirm-registration'))
    expect((await register({ email })).answer).toMatchObject({ status: 400, body: TAKEN })
  })
})

describe('a verification link', () => {
  it('still works after HEAD', async () => {
    const { register, get, url, nextPath, database } = of('optional')
    const { email } = await register()
    const path = await nextPath(email, 'verify-email')
    for (let i = 0; i < 3; i++) {
      const head = await call(url + path, { method: 'HEAD' })
      expect(head).toMatchObject({ status: 302, text: '' })
    }
    const [row] = await database.sql`select email_verified from users where email = ${email}`
    expect(row?.email_verified).toBe(false)
    expect((await get(path)).status).toBe(302)
  })

  it.each([
    ['sec-purpose', 'prefetch'],
    ['sec-purpose', 'prefetch;prerender'],
    ['purpose', 'prefetch'],
    ['x-moz', 'prefetch'],
    ['x-purpose', 'preview'],
  ])('still works after a browser loaded it in advance (%s: %s)', async (name, value) => {
    const { register, get, nextPath, database } = of('optional')
    const { email } = await register()
    const path = await nextPath(email, 'verify-email')
    // A browser keeps an answer with a 2xx status for the click, and would then never ask again.
    const early = await get(path, { [name]: value, accept: 'text/html' })
    expect(early.status).toBe(503)
    const [row] = await database.sql`select email_verified from users where email = ${email}`
    expect(row?.email_verified).toBe(false)
    expect((await get(path)).status).toBe(302)
  })

  it('redirects again when it is followed again, and is 404 as a page or JSON when it has expired', async () => {
    const { register, get, nextPath, clock } = of('optional')
    const { email } = await register()
    const path = await nextPath(email, 'verify-email')
    expect((await get(path)).status).toBe(302)
    expect((await get(path)).status).toBe(302)
    clock.seconds += 3 * 86_400 + 1
    const page = await get(path, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
    const programs = [await get(path), await get(path, { accept: '*/*' }), await get(path, JSON_CALLER)]
    clock.seconds = 0
    expect(page.status).toBe(404)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.text).not.toContain(path)
    for (const json of programs) {
      expect(json).toMatchObject({ status: 404, body: { detail: 'Not found.', code: 'not_found' } })
    }
  })

  it.each(['x', '%00', 'x'.repeat(5000), '..%2f..', `${'x'.repeat(43)}?next=https://evil.example`, 'ä'])(
    'that is none (%s) leads nowhere',
    async (key) => {
      const answer = await of('optional').get(`/registration/verification/${key}/`, JSON_CALLER)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('location')).toBeNull()
    },
  )

  it('leads to EMAIL_VERIFIED_REDIRECT, and no input of the caller changes that', async () => {
    const { register, get, nextPath } = of('redirect')
    const { email } = await register()
    const path = await nextPath(email, 'verify-email')
    for (const query of [
      '',
      '?next=https://evil.example',
      '?redirect=//evil.example&url=https://evil.example',
    ]) {
      const answer = await get(path + query, { host: 'evil.example', 'x-forwarded-host': 'evil.example' })
      expect(answer.status).toBe(302)
      expect(answer.headers.get('location')).toBe('https://app.example.com/welcome?a=b')
    }
    expect((await get('/registration/verified/')).status).toBe(404)
    expect((await get('/registration/account_email_verification_sent/')).status).toBe(200)
  })

  it('can be used by a program through its key', async () => {
    const { register, url, mailbox, database } = of('optional')
    const { email } = await register()
    const { secret } = await mailbox.next(email, 'verify-email')
    const procedure = { path: 'registration.verify', type: 'mutation' }
    expect((await callTrpc(url, procedure, { input: { key: secret } })).status).toBe(200)
    expect((await callTrpc(url, procedure, { input: { key: 'x'.repeat(43) } })).status).toBe(404)
    const [row] = await database.sql`select email_verified from users where email = ${email}`
    expect(row?.email_verified).toBe(true)
  })
})

describe('EMAIL_LINK_CONFIRMATION=button', () => {
  it('shows a page that changes nothing, and its button verifies the address', async () => {
    const { register, get, post, url, nextPath } = of('button')
    const { email } = await register()
    const path = await nextPath(email, 'confirm-registration')
    for (const answer of [await get(path), await get(path)]) {
      expect(answer.status).toBe(200)
      expect(answer.text).toContain('<form method="post" ')
      expect(answer.text).not.toContain(path)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('referrer-policy')).toBe('strict-origin')
    }
    expect((await post('/login/', { email, password: PASSWORD })).status).toBe(401)
    for (let i = 0; i < 2; i++) {
      const pressed = await call(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'null' },
      })
      expect(pressed.status).toBe(303)
      expect(pressed.headers.get('location')).toBe('/registration/verified/')
    }
    expect((await post('/login/', { email, password: PASSWORD })).status).toBe(200)
  })

  it('answers a dead link with 404 to GET and to POST, as a page or as JSON', async () => {
    const { get, url } = of('button')
    const page = await get(NO_KEY, { accept: 'text/html' })
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(await get(NO_KEY, JSON_CALLER)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect((await call(url + NO_KEY, { method: 'POST' })).status).toBe(404)
    expect((await call(of('optional').url + NO_KEY, { method: 'POST' })).status).toBe(405)
  })
})

describe('POST /registration/resend-email/', () => {
  it('mails a new link, and gives every address the same answer', async () => {
    const { register, get, post, nextPath } = of('mandatory')
    const { email } = await register()
    await nextPath(email, 'confirm-registration')
    const known = await post('/registration/resend-email/', { email: ` ${email.toUpperCase()} ` })
    const unknown = await post('/registration/resend-email/', { email: newEmail() })
    expect([known.text, unknown.text]).toEqual([SENT, SENT])
    expect((await get(await nextPath(email, 'pending-sign-ups'))).status).toBe(302)
    expect((await post('/login/', { email, password: PASSWORD })).status).toBe(200)
  })
})
