import { NEW_PASSWORD, PASSWORD } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { type MailServer, startMailServer } from './mail-server.ts'

const BROWSER = {
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  origin: 'null',
  'sec-fetch-site': 'same-origin',
}

let server: MailServer
let email: string
beforeAll(async () => {
  server = await startMailServer({ emailVerification: 'optional' })
  email = (await server.register()).email
})
afterAll(() => server.close())

/** Posts the form as a browser does. */
const submit = (cookie: string, fields: Record<string, string>) =>
  call(`${server.url}/password/reset/set-new/`, {
    body: new URLSearchParams(fields),
    headers: { ...BROWSER, cookie },
  })

describe('every page', () => {
  it.each([
    '/password/reset/default/',
    '/password/reset/complete/',
    '/password/reset/confirm/x/y/',
    '/registration/verified/',
    '/registration/account_email_verification_sent/',
    '/registration/verification/x/',
    '/email/change/complete/',
    '/dev/mailbox/',
  ])('%s loads nothing from other sites, runs nothing inline and sends no referrer', async (path) => {
    const { headers, text } = await server.get(path, BROWSER)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect(text).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//)
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/)
    for (const [, asset] of text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
      expect((await server.get(asset ?? '')).status).toBe(200)
    }
  })
})

describe('the form for a new password', () => {
  it('shows only a masked address', async () => {
    const { cookie } = await server.openReset(email)
    const { status, text } = await server.get('/password/reset/default/', { cookie })
    expect(status).toBe(200)
    expect(text).toContain('…')
    expect(text).toContain('.com')
    expect(text).not.toContain(email)
    expect(text).not.toContain(email.split('@')[0])
    expect(text).toContain('action="/password/reset/set-new/"')
  })

  it('without an opened link shows a notice', async () => {
    for (const cookie of ['', 'password_reset_access_token=x']) {
      const { status, text } = await server.get('/password/reset/default/', { cookie })
      expect(status).toBe(200)
      expect(text).toContain('This link was invalid')
      expect(text).not.toContain('<form')
    }
  })

  it('shows errors and no password when it is refused, and leads to the complete page when it is accepted', async () => {
    const person = await server.register()
    const { cookie } = await server.openReset(person.email)
    const weak = await submit(cookie, { new_password1: '8472', new_password2: '8472' })
    expect(weak.status).toBe(400)
    expect(weak.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(weak.text).toContain('This password is too short. Use at least 8 characters.')
    expect(weak.text).toContain('aria-invalid="true"')
    expect(weak.text).not.toContain('8472')
    const differ = await submit(cookie, { new_password1: NEW_PASSWORD, new_password2: PASSWORD })
    expect(differ.text).toContain('The two passwords are not the same.')
    const missing = await submit(cookie, {})
    expect(missing.text).toContain('Fill in this field.')
    const done = await submit(cookie, { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD })
    expect([done.status, done.headers.get('location'), done.text]).toEqual([
      303,
      '/password/reset/complete/',
      '',
    ])
    expect(done.headers.get('set-cookie')).toMatch(/^password_reset_access_token=; Max-Age=0/)
    const spent = await submit(cookie, { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD })
    expect([spent.status, spent.headers.get('content-type')]).toEqual([401, 'text/html; charset=utf-8'])
    expect(spent.text).toContain('This link was invalid')
    const broken: Record<string, string>[] = [{}, { new_password1: NEW_PASSWORD, token: 'a\0b' }]
    for (const fields of broken) {
      const malformed = await submit(cookie, fields)
      expect([malformed.status, malformed.text]).toEqual([401, spent.text])
    }
  })

  it('opens no session, because a page does not keep tokens', async () => {
    const person = await server.register()
    const { cookie } = await server.openReset(person.email)
    await submit(cookie, { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD })
    const rows = await server.database.sql`
      select 1 from sessions s join users u on u.id = s.user_id where u.email = ${person.email}`
    expect(rows).toEqual([])
  })

  it('is answered with JSON when it is posted as JSON or by a program', async () => {
    const person = await server.register()
    const { cookie } = await server.openReset(person.email)
    const weak = await call(`${server.url}/password/reset/set-new/`, {
      body: new URLSearchParams({ new_password1: '1', new_password2: '2' }),
      headers: { cookie },
    })
    expect(weak).toMatchObject({ status: 400, body: { new_password2: [expect.any(String)] } })
  })
})

describe('the developers’ mailbox', () => {
  it('lists the mails and shows both parts of each, with working links', async () => {
    await server.post('/password/reset/', { email })
    const mail = await server.mailbox.next(email, 'reset-password')
    const list = await server.get('/dev/mailbox/')
    expect(list.text).toContain(`href="/dev/mailbox/${mail.id}/"`)
    const page = await server.get(`/dev/mailbox/${mail.id}/`)
    expect(page.text).toContain(`<a href="${mail.link}">`)
    const frame = await server.get(`/dev/mailbox/${mail.id}/html/`)
    expect(frame.headers.get('content-security-policy')).toContain('sandbox')
    expect(frame.text.replaceAll('&#x2F;', '/').replaceAll('&#x3D;', '=')).toContain(mail.link)
  })

  it.each(['x', '..%2f..%2fsecret-key', crypto.randomUUID()])('has no mail %s', async (id) => {
    expect((await server.get(`/dev/mailbox/${id}/`)).status).toBe(404)
    expect((await server.get(`/dev/mailbox/${id}/html/`)).status).toBe(404)
  })

  it('does not exist in production', async () => {
    const production = await startMailServer({ production: true })
    expect((await production.get('/dev/mailbox/')).status).toBe(404)
    await production.close()
  })
})
