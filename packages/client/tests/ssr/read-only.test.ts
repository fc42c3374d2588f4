import { operations, REFERENCE_SETTINGS, resolveOperation } from '@latchkey/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../../apps/server/tests/test-server.ts'
import { createSocialOperations } from '../../src/social/index.ts'
import { SESSION_ROUTES } from '../../src/ssr/caller-fetch.ts'
import { age, createApp, signUpAt, visit } from './app.ts'
import { createBrowser, readOnly } from './place.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const answer = () => new Response('<p>Hello</p>')

describe('where cookies can only be read', () => {
  test('a page is rendered twice with an old token, and no rotation is lost', async () => {
    const app = createApp(server)
    const { browser } = await signUpAt(app)
    age(browser)
    const before = browser.header()
    for (const place of [{ cookies: readOnly(browser) }, visit(browser)]) {
      app.asked.length = 0
      await expect(app.auth.clientFor(place).user.get()).rejects.toMatchObject({
        code: 'storage_unavailable',
      })
      expect(app.asked).toEqual([])
    }
    expect(browser.header()).toBe(before)
    const visited = await app.auth.refresh(visit(browser))
    browser.accept(visited.applyTo(answer()))
    expect(await visited.getSession()).not.toBeNull()
  })

  test('a fresh token is used, and a token that expires soon as well', async () => {
    const app = createApp(server)
    const { browser, email } = await signUpAt(app)
    const value = browser.jar.get('__Host-latchkey') ?? ''
    for (const seconds of [0, 1_770]) {
      const aged = createBrowser(browser)
      aged.jar.set(
        '__Host-latchkey',
        value.replace(/\d{13}/, (at) => String(Number(at) - seconds * 1000)),
      )
      expect(await app.auth.clientFor({ cookies: readOnly(aged) }).user.get()).toMatchObject({ email })
    }
    expect(app.asked).not.toContain('POST /refresh/')
  })

  test('the end of a session is told as the server tells it', async () => {
    const app = createApp(server)
    const { browser } = await signUpAt(app)
    await app.auth.clientFor({ cookies: createBrowser(browser) }).logout()
    const ended = app.auth.clientFor({ cookies: readOnly(browser) }).user.get()
    await expect(ended).rejects.toMatchObject({ status: 401, code: 'token_not_valid' })
  })

  test('a sign-in fails by name and sends nothing, and so does a sign-out', async () => {
    const app = createApp(server)
    const { browser, email } = await signUpAt(app)
    app.asked.length = 0
    const client = app.auth.clientFor({ cookies: readOnly(browser) })
    await expect(client.login({ email, password: 'any' })).rejects.toThrow('cookies cannot be written here')
    await expect(client.logout()).rejects.toThrow('cookies cannot be written here')
    const social = createSocialOperations(client)
    const byToken = social.signInWithToken({ provider: 'acme', id_token: 'any' })
    await expect(byToken).rejects.toThrow('cookies cannot be written here')
    const attempt = { purpose: 'sign_in', verifier: 'any' } as const
    const byCode = social.finish(attempt, 'https://app.example/?code=any')
    await expect(byCode).rejects.toThrow('cookies cannot be written here')
    expect(app.asked).toEqual([])
    expect(await app.auth.clientFor({ cookies: browser }).user.get()).toMatchObject({ email })
  })

  test('every operation of the contract that changes the cookie of a session is refused', () => {
    const settings = { ...REFERENCE_SETTINGS, emailVerification: 'none' } as const
    const changing = Object.values(operations)
      .map((operation) => resolveOperation(operation, settings))
      .filter(({ refreshCookie: use }) => use && use !== 'exchanges' && use !== 'guards')
      .map(({ method, path }) => `${method} ${path}`)
    expect([...SESSION_ROUTES].sort()).toEqual(changing.sort())
  })
})
