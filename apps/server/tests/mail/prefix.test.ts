import { NEW_PASSWORD, newEmail, PASSWORD } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../call.ts'
import { cookieOf, type MailServer, startMailServer } from './mail-server.ts'

const PREFIX = '/jwt-allauth'

let server: MailServer
beforeAll(async () => {
  server = await startMailServer({
    emailVerification: 'optional',
    restPrefix: PREFIX,
    linkBaseUrl: `http://localhost:3000${PREFIX}`,
  })
})
afterAll(() => server.close())

describe('REST_PREFIX', () => {
  it('is in every mailed link and in its redirect', async () => {
    const { email, tokens } = await server.register()
    const target = newEmail()
    const steps = [
      ['verify-email', email, `${PREFIX}/registration/verified/`],
      ['reset-password', email, `${PREFIX}/password/reset/default/`],
      ['confirm-email-change', target, `${PREFIX}/email/change/complete/`],
    ] as const
    for (const [kind, to, next] of steps) {
      if (kind === 'reset-password') await server.post(`${PREFIX}/password/reset/`, { email })
      if (kind === 'confirm-email-change') {
        const wish = { new_email: target, password: PASSWORD }
        await server.post(`${PREFIX}/email/change/`, wish, { token: tokens.access })
      }
      const path = await server.nextPath(to, kind)
      expect(path.startsWith(`${PREFIX}/`)).toBe(true)
      const answer = await server.get(path)
      expect([answer.status, answer.headers.get('location')]).toEqual([302, next])
      expect((await server.get(next)).status).toBe(200)
      // The same link without the prefix works too, and its redirect has no prefix.
      const bare = await server.get(path.slice(PREFIX.length))
      expect(bare.headers.get('location')).toBe(next.slice(PREFIX.length))
    }
  })

  it('is in the form, in its assets and in the redirect after its POST', async () => {
    const { email } = await server.register()
    const { path } = await server.openReset(email)
    const cookie = cookieOf(await server.get(path))
    const form = await server.get(`${PREFIX}/password/reset/default/`, { cookie })
    expect(form.text).toContain(`action="${PREFIX}/password/reset/set-new/"`)
    const assets = [...form.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, asset]) => asset ?? '')
    expect(assets).toHaveLength(2)
    for (const asset of assets) {
      expect(asset.startsWith(`${PREFIX}/assets/`)).toBe(true)
      expect((await server.get(asset)).status).toBe(200)
    }
    const posted = await call(`${server.url}${PREFIX}/password/reset/set-new/`, {
      body: new URLSearchParams({ new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }),
      headers: { accept: 'text/html', cookie },
    })
    expect([posted.status, posted.headers.get('location')]).toEqual([
      303,
      `${PREFIX}/password/reset/complete/`,
    ])
    expect((await server.get(`${PREFIX}/password/reset/complete/`)).status).toBe(200)
    expect((await server.get(`${PREFIX}/registration/account_email_verification_sent/`)).status).toBe(200)
  })
})
