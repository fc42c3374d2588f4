import { newEmail, PASSWORD } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call, callTrpc } from '../call.ts'
import { type MailServer, type Pair, startMailServer } from './mail-server.ts'

const SENT = { status: 200, text: '{"detail":"Verification e-mail sent."}' }

let server: MailServer
let email: string
let tokens: Pair
let target: string
beforeAll(async () => {
  server = await startMailServer()
})
beforeEach(async () => {
  ;({ email, tokens } = await server.register())
  target = newEmail()
})
afterAll(() => server.close())

const change = (new_email = target, password = PASSWORD) =>
  server.post('/email/change/', { new_email, password }, { token: tokens.access })
const emailNow = async () =>
  ((await call(`${server.url}/user/`, { token: tokens.access })).body as { email: string }).email

describe('a change of address', () => {
  it('takes effect when the link is followed, and then ends the other sessions', async () => {
    const other = (await server.post('/login/', { email, password: PASSWORD })).body as Pair
    expect(await change(` ${target.toUpperCase()} `)).toMatchObject(SENT)
    const path = await server.nextPath(target, 'confirm-email-change')
    expect((await call(server.url + path, { method: 'HEAD' })).status).toBe(302)
    expect(await emailNow()).toBe(email)
    for (let i = 0; i < 2; i++) {
      const followed = await server.get(path)
      expect(followed.status).toBe(302)
      expect(followed.headers.get('location')).toBe('/email/change/complete/')
    }
    expect(await emailNow()).toBe(target)
    expect((await server.post('/refresh/', { refresh: other.refresh })).status).toBe(401)
    expect((await server.post('/login/', { email: target, password: PASSWORD })).status).toBe(200)
    expect((await server.post('/login/', { email, password: PASSWORD })).status).toBe(401)
    expect(await server.mailbox.kindsTo(email)).toEqual(['email-change-requested', 'email-changed'])
    expect(await server.mailbox.kindsTo(target)).toEqual(['confirm-email-change'])
  })

  it('voids the reset links of the former address', async () => {
    const reset = await server.openReset(email)
    await change()
    await server.get(await server.nextPath(target, 'confirm-email-change'))
    expect((await server.get(reset.path)).text).toContain('This link was invalid')
    const headers = { cookie: reset.cookie }
    const json = { new_password1: 'a third battery', new_password2: 'a third battery' }
    expect((await server.post('/password/reset/set-new/', json, { headers })).status).toBe(401)
  })

  it('is refused with a wrong password or a bad address', async () => {
    expect(await change(target, 'wrong')).toMatchObject({
      status: 400,
      body: { password: ['Your password was entered incorrectly.'] },
    })
    expect(await change('nobody')).toMatchObject({
      status: 400,
      body: { new_email: ['Enter a valid email address.'] },
    })
    expect((await server.post('/email/change/', { new_email: target, password: PASSWORD })).status).toBe(401)
  })

  it('to an address that was taken meanwhile shows the page for a dead link', async () => {
    await change()
    const path = await server.nextPath(target, 'confirm-email-change')
    await server.register({ email: target })
    const answer = await server.get(path, { accept: 'text/html' })
    expect(answer.status).toBe(404)
    expect(answer.text).toContain('This link does not work')
    for (const accept of ['application/json', '*/*']) {
      expect(await server.get(path, { accept })).toMatchObject({ status: 404, body: { code: 'not_found' } })
    }
    expect(await emailNow()).toBe(email)
  })

  it('can be confirmed by a program', async () => {
    await change()
    const { secret } = await server.mailbox.next(target, 'confirm-email-change')
    const procedure = { path: 'email.confirmChange', type: 'mutation' }
    expect((await callTrpc(server.url, procedure, { input: { key: secret } })).status).toBe(200)
    expect(await emailNow()).toBe(target)
  })

  it('with EMAIL_LINK_CONFIRMATION=button takes effect at the press of the button', async () => {
    const other = await startMailServer({ emailLinkButton: true })
    try {
      const person = await other.register()
      const wish = { new_email: target, password: PASSWORD }
      await other.post('/email/change/', wish, { token: person.tokens.access })
      const path = await other.nextPath(target, 'confirm-email-change')
      expect((await other.get(path)).text).toContain('Confirm my address')
      const [before] = await other.database.sql`select email from users`
      expect(before?.email).toBe(person.email)
      const pressed = await call(other.url + path, { method: 'POST' })
      expect(pressed.status).toBe(303)
      const [after] = await other.database.sql`select email from users`
      expect(after?.email).toBe(target)
    } finally {
      await other.close()
    }
  })
})
