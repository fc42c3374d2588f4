import { NEW_PASSWORD, PASSWORD } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { cookieOf, type MailServer, startMailServer } from './mail-server.ts'

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-fetch-site': 'same-origin' }
const SET_NEW = '/password/reset/set-new/'
const NEW = { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
const SHORT = { new_password1: 'short', new_password2: 'other' }

interface Opened {
  email: string
  cookie: string
  /** The hidden field of the form. */
  link: string
}

let server: MailServer
let first: Opened
let second: Opened
beforeAll(async () => {
  server = await startMailServer()
})
beforeEach(async () => {
  server.clock.seconds = 0
  first = await open()
  second = await open()
})
afterAll(() => server.close())

const linkIn = (page: string) =>
  /<input type="hidden" name="link" value="([\w-]{22})">/.exec(page)?.[1] ?? 'none'

/** Opens the form for a new user. */
async function open(): Promise<Opened> {
  const { email } = await server.register()
  const { cookie } = await server.openReset(email)
  const form = await server.get('/password/reset/default/', { ...HTML, cookie })
  return { email, cookie, link: linkIn(form.text) }
}

const submit = (cookie: string, fields: Record<string, string>) =>
  call(server.url + SET_NEW, { body: new URLSearchParams(fields), headers: { ...HTML, cookie } })

const canLogin = async ({ email }: Opened, password: string) =>
  (await server.post('/login/', { email, password })).status === 200

describe('a form for a new password', () => {
  it('names its link by a mark that is neither its secret nor what the database or the cookie has', async () => {
    const { email } = await server.register()
    await server.post('/password/reset/', { email })
    const mail = await server.mailbox.next(email, 'reset-password')
    const cookie = (await server.get(mail.path)).headers.get('set-cookie')?.split(';')[0] ?? ''
    const { text } = await server.get('/password/reset/default/', { ...HTML, cookie })
    const link = linkIn(text)
    const stored = await server.database.sql`select token_hash from capabilities`
    const payload = Buffer.from(cookie.split('.')[1] ?? '', 'base64url').toString()
    expect(stored.map((row) => row.token_hash)).not.toContain(link)
    expect([mail.secret === link, cookie.includes(link), payload.includes(link)]).toEqual([
      false,
      false,
      false,
    ])
    expect((await server.post(SET_NEW, { ...NEW, token: link })).status).toBe(401)
  })

  it.each([
    ['good passwords', NEW],
    ['passwords that are refused', SHORT],
    ['no password', {}],
  ])('changes no password after another link was opened, with %s', async (_name, fields) => {
    const answer = await submit(second.cookie, { ...fields, link: first.link })
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('<h1>Another link was opened</h1>')
    expect(answer.headers.getSetCookie()).toEqual([])
    const program = await server.post(
      SET_NEW,
      { ...NEW, link: first.link },
      { headers: { cookie: second.cookie } },
    )
    expect(program).toMatchObject({ status: 403, body: { code: 'other_link' } })
    for (const one of [first, second]) {
      expect([await canLogin(one, PASSWORD), await canLogin(one, NEW_PASSWORD)]).toEqual([true, false])
    }
    expect((await submit(first.cookie, { ...NEW, link: first.link })).status).toBe(303)
    expect((await submit(second.cookie, { ...NEW, link: second.link })).status).toBe(303)
  })

  it('with an empty token is shown again, and then changes the password of the cookie', async () => {
    const again = await submit(first.cookie, { ...SHORT, token: ' ' })
    expect([again.status, linkIn(again.text)]).toEqual([400, first.link])
    expect((await submit(first.cookie, { ...NEW, link: first.link })).status).toBe(303)
  })

  it('without a mark, as a form of the operator sends it, changes the password of the cookie', async () => {
    expect((await submit(first.cookie, NEW)).status).toBe(303)
    expect([await canLogin(first, NEW_PASSWORD), await canLogin(second, NEW_PASSWORD)]).toEqual([true, false])
  })
})

describe('the form of the portal', () => {
  /** Opens a link as a browser does, which keeps the newest cookie alone. */
  async function openPortal(portal: MailServer) {
    const { email } = await portal.register()
    await portal.post('/password/reset/', { email })
    const opened = await portal.get(await portal.nextPath(email, 'reset-password'))
    const target = new URL(opened.headers.get('location') ?? '', portal.url)
    const link = new URLSearchParams(target.hash.slice(1)).get('link') ?? ''
    return { email, cookie: cookieOf(opened), path: target.pathname, link }
  }

  it('gets the mark of its link, and changes no password after another link was opened', async () => {
    const portal = await startMailServer({ passwordResetRedirect: '/auth/account/reset-password' })
    try {
      const [one, other] = [await openPortal(portal), await openPortal(portal)]
      expect(one.path).toBe('/auth/account/reset-password')
      const submitOne = (cookie: string) =>
        portal.post(SET_NEW, { ...NEW, link: one.link }, { headers: { cookie } })
      expect(await submitOne(other.cookie)).toMatchObject({ status: 403, body: { code: 'other_link' } })
      expect((await submitOne(one.cookie)).status).toBe(200)
      const login = await portal.post('/login/', { email: other.email, password: PASSWORD })
      expect(login.status).toBe(200)
    } finally {
      await portal.close()
    }
  })

  it('is not that of an operator, whose address stays as it is', async () => {
    const passwordResetRedirect = 'https://app.example.com/reset'
    const own = await startMailServer({ passwordResetRedirect })
    try {
      const { email } = await own.register()
      await own.post('/password/reset/', { email })
      const opened = await own.get(await own.nextPath(email, 'reset-password'))
      expect(opened.headers.get('location')).toBe(passwordResetRedirect)
    } finally {
      await own.close()
    }
  })
})

describe('of several cookies of opened links', () => {
  it('the one that the form names is used, also when the form is shown again', async () => {
    for (const cookie of [`${first.cookie}; ${second.cookie}`, `${second.cookie}; ${first.cookie}`]) {
      const again = await submit(cookie, { ...SHORT, link: first.link })
      expect([again.status, linkIn(again.text)]).toEqual([400, first.link])
    }
    expect((await submit(`${second.cookie}; ${first.cookie}`, { ...NEW, link: first.link })).status).toBe(303)
    expect([await canLogin(first, NEW_PASSWORD), await canLogin(second, NEW_PASSWORD)]).toEqual([true, false])
  })

  it('garbage and spent ones are passed over, and at most four are tried', async () => {
    const name = 'password_reset_access_token'
    expect((await submit(first.cookie, NEW)).status).toBe(303)
    const planted = `${name}=garbage; ${first.cookie}; ${name}=a.b.c`
    const form = await server.get('/password/reset/default/', {
      ...HTML,
      cookie: `${planted}; ${second.cookie}`,
    })
    expect(linkIn(form.text)).toBe(second.link)
    const four = `${planted}; ${name}=d; ${second.cookie}`
    expect((await submit(four, NEW)).status).toBe(401)
    expect((await submit(`${planted}; ${second.cookie}`, NEW)).status).toBe(303)
  })
})
