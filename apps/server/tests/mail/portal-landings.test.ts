import { NEW_PASSWORD } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { call } from '../call.ts'
import { type MailServer, startMailServer } from './mail-server.ts'

const PERSON = { accept: 'text/html' }

let server: MailServer
beforeAll(async () => {
  server = await startMailServer({ emailVerification: 'optional', portalServed: true })
})
afterAll(() => server?.close())

it('links lead to the screens of a portal that is served, without a setting', async () => {
  const { email } = await server.register()
  const verification = await server.nextPath(email, 'verify-email')
  expect((await server.get(verification, PERSON)).headers.get('location')).toBe('/account/verified')
  const { path } = await server.openReset(email)
  const location = (await server.get(path, PERSON)).headers.get('location')
  expect(location).toMatch(/^\/account\/reset-password#link=[\w-]{22}&account=/)
  expect(decodeURIComponent(location ?? '')).not.toContain(email)
})

it('an address that an operator configured with a fragment stays as it is', async () => {
  const passwordResetRedirect = '/account/reset-password?from=mail#new'
  const own = await startMailServer({ passwordResetRedirect })
  const { path } = await own.openReset((await own.register()).email)
  const { headers } = await own.get(path, PERSON)
  await own.close()
  expect(headers.get('location')).toBe(passwordResetRedirect)
})

it.each([
  ['optional', true],
  ['disabled', false],
] as const)(
  'the page after a reset names the second step where there is one: %s',
  async (mfaMode, isNamed) => {
    const own = await startMailServer({ mfaMode })
    const { text } = await own.get('/password/reset/complete/', PERSON)
    await own.close()
    expect(text.includes('second step')).toBe(isNamed)
  },
)

it('the built-in form still works for a visitor without JavaScript', async () => {
  const { email } = await server.register()
  const { cookie } = await server.openReset(email)
  const form = await server.get('/password/reset/default/', { ...PERSON, cookie })
  expect(form.text).toContain('<form method="post" action="/password/reset/set-new/"')
  const done = await call(`${server.url}/password/reset/set-new/`, {
    body: new URLSearchParams({ new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }),
    headers: { ...PERSON, cookie, origin: 'null', 'sec-fetch-site': 'same-origin' },
  })
  expect([done.status, done.headers.get('location')]).toEqual([303, '/password/reset/complete/'])
})
