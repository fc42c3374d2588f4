import { join } from 'node:path'
import { createClient, type Mode, memoryStorage } from '@latchkey/client'
import { cookieMode } from '@latchkey/client/cookie'
import { createMfaOperations } from '@latchkey/client/mfa'
import { newEmail, totpCode } from '@latchkey/testkit'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { createCookieJar } from '../../../packages/client/tests/support/cookie-jar.ts'
import { runBundle } from '../src/bundle.ts'
import { openDom, press } from '../src/dom.ts'
import { writeFiles } from '../src/extract.ts'
import { expectRun } from '../src/runs.ts'

const ADDRESS = 'http://localhost:3000'
const PASSWORD = 'a long enough phrase'

afterEach(() => vi.unstubAllGlobals())

/** Sets an authenticator app up for an account, in another browser. */
async function setUpApp({ url, clock }: TestServer, mode: Mode | undefined, email: string): Promise<string> {
  const { fetch } = createCookieJar()
  const client = createClient({ baseUrl: url, mode, storage: memoryStorage(), fetch })
  await client.login({ email, password: PASSWORD })
  const { mfa } = createMfaOperations(client)
  const { secret } = await mfa.setup({})
  await mfa.activate({ code: totpCode(secret, clock) })
  return secret
}

/** From now on the calls of a path are not answered. */
function loseCalls(path: string): void {
  const { fetch: reach } = globalThis
  vi.stubGlobal('fetch', async (...[input, init]: Parameters<typeof fetch>) => {
    if (new Request(input, init).url.endsWith(path)) throw new TypeError('fetch failed')
    return reach(input, init)
  })
}

describe.each([
  ['token', null],
  ['cookie', { secure: false, sameSite: 'Lax', path: '/' } as const],
])('the React app in %s mode', (mode, refreshCookie) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ settings: { refreshCookie } })
    return () => server.close()
  })

  it('signs up, greets, signs out, and shows refusals beside their fields', async () => {
    const folder = await writeFiles('react', {
      folder: `react-${mode}`,
      edit: (code) => {
        const auth = mode === 'cookie' ? code.replace("'./auth'", "'./auth-cookie'") : code
        return auth.replaceAll(ADDRESS, server.url)
      },
    })
    const window = openDom(['localStorage', 'FormData'])
    const { document } = window
    vi.stubGlobal('fetch', createCookieJar().fetch)
    const shows = (text: string) => expect.poll(() => document.body.textContent).toContain(text)
    const fill = (fields: Record<string, string>) => {
      for (const [name, value] of Object.entries(fields)) {
        Object.assign(document.querySelector(`[name=${name}]`) ?? {}, { value })
      }
    }
    await runBundle(join(folder, 'main.tsx'))
    await shows('Sign in')
    press(window, 'I am new')
    await shows('Sign up')
    const email = newEmail()
    fill({ email, password: '123', first_name: 'Ada', last_name: 'Lovelace' })
    press(window, 'Sign up')
    await shows('This password is too short.')
    fill({ password: PASSWORD })
    press(window, 'Sign up')
    await shows('Hello Ada')
    press(window, 'Sign out')
    await shows('Sign in')
    fill({ email, password: 'wrong' })
    press(window, 'Sign in')
    await shows('The email address or the password is not right.')
    fill({ password: PASSWORD })
    press(window, 'Sign in')
    await shows('Hello Ada')
    press(window, 'Sign out')
    const secret = await setUpApp(server, mode === 'cookie' ? cookieMode : undefined, email)
    await shows('Sign in')
    fill({ email, password: PASSWORD })
    press(window, 'Sign in')
    await shows('Continue')
    fill({ code: '000000' })
    press(window, 'Continue')
    await shows('This code is not right.')
    fill({ code: totpCode(secret, server.clock, 1) })
    press(window, 'Continue')
    await shows('Hello Ada')
    loseCalls('/logout/')
    press(window, 'Sign out')
    await shows('You are signed out here, but the server could not be told.')
  })
})

it('every block for this test was run', () => expectRun('react.test.ts'))
