import { LINK_PATHS } from '@latchkey/contract'
import { NEW_PASSWORD, newEmail, PASSWORD } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { from, perHour, startThrottledServer } from '../hostile/throttled-server.ts'
import { type MailServer, startMailServer } from './mail-server.ts'

let server: MailServer
beforeAll(async () => {
  server = await startMailServer({ emailVerification: 'optional' })
})
afterAll(() => server.close())

/** How the mail of each kind of link is caused. The keys are those of the contract. */
const LINKS: Record<keyof typeof LINK_PATHS, () => Promise<string>> = {
  verifyEmail: async () => server.nextPath((await server.register()).email, 'verify-email'),
  confirmEmailChange: async () => {
    const { tokens } = await server.register()
    const new_email = newEmail()
    await server.post('/email/change/', { new_email, password: PASSWORD }, { token: tokens.access })
    return server.nextPath(new_email, 'confirm-email-change')
  },
  resetPassword: async () => {
    const { email } = await server.register()
    await server.post('/password/reset/', { email })
    return server.nextPath(email, 'reset-password')
  },
}

const EARLY: [string, string][] = [
  ['sec-purpose', 'prefetch'],
  ['sec-purpose', 'prefetch;prerender'],
  ['sec-purpose', 'Prefetch; anonymous-client-ip'],
  ['purpose', 'prefetch'],
  ['x-moz', 'prefetch'],
  ['x-purpose', 'preview'],
]

/** Everything that a link could change. */
const stateOf = () =>
  server.database.sql`select
    (select json_agg(users order by id)::text from users) as users,
    (select json_agg(capabilities order by token_hash)::text from capabilities) as links,
    (select count(*)::int from sessions) as sessions,
    (select count(*)::int from audit_events) as events`

describe.each(Object.entries(LINKS))('a mailed link of %s', (name, mail) => {
  it.each(EARLY)(
    'changes nothing when it is loaded in advance (%s: %s), and works after that',
    async (header, value) => {
      const path = await mail()
      const before = await stateOf()
      for (const accept of ['text/html', '*/*']) {
        const early = await server.get(path, { [header]: value, accept })
        // A browser keeps a redirect for the click, and a link that only opens a form is the same each time.
        expect(early.status).toBe(name === 'resetPassword' ? 302 : 503)
      }
      expect((await call(server.url + path, { method: 'HEAD' })).status).toBe(302)
      expect(await stateOf()).toEqual(before)
      const opened = await server.get(path)
      expect(opened.status).toBe(302)
      if (name !== 'resetPassword') return expect(await stateOf()).not.toEqual(before)
      const headers = { cookie: opened.headers.get('set-cookie')?.split(';')[0] ?? '' }
      const passwords = { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
      expect((await server.post('/password/reset/set-new/', passwords, { headers })).status).toBe(200)
    },
  )
})

it('a link that is loaded in advance too often is refused as one that is opened too often', async () => {
  const throttled = await startThrottledServer({ anon: perHour(1) })
  const early = { headers: { 'sec-purpose': 'prefetch', ...from('192.0.2.1').headers } }
  const path = `${throttled.url}/registration/verification/${'x'.repeat(43)}/`
  const statuses = [(await call(path, early)).status, (await call(path, early)).status]
  await throttled.close()
  expect(statuses).toEqual([503, 429])
})

it('every mailed link of the contract is in this list', () => {
  expect(Object.keys(LINKS).sort()).toEqual(Object.keys(LINK_PATHS).sort())
})
