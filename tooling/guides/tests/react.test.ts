import { join } from 'node:path'
import { newEmail } from '@latchkey/testkit'
import { Window } from 'happy-dom'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { createCookieJar } from '../../../packages/client/tests/support/cookie-jar.ts'
import { runBundle } from '../src/bundle.ts'
import { writeFiles } from '../src/extract.ts'

const ADDRESS = 'http://localhost:3000'
const PASSWORD = 'a long enough phrase'

/** As much of a browser as the app asks for; the network stays Node's. */
function openBrowser(): Window {
  const window = new Window({ url: 'http://localhost:5173/' })
  window.document.body.innerHTML = '<div id="root"></div>'
  const { document, localStorage, FormData, HTMLIFrameElement, Event } = window
  const parts = { window, document, localStorage, FormData, HTMLIFrameElement, Event }
  for (const [name, value] of Object.entries(parts)) vi.stubGlobal(name, value)
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window))
  return window
}

afterEach(() => vi.unstubAllGlobals())

describe.each([
  ['token', null],
  ['cookie', { secure: false, sameSite: 'Lax', path: '/' } as const],
])('the React app in %s mode', (mode, refreshCookie) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ settings: { refreshCookie } })
    return () => server.close()
  })

  it('signs up, greets, signs out and shows what was wrong beside its field', async () => {
    const folder = await writeFiles('react', {
      name: `react-${mode}`,
      edit: (code) => {
        const auth = mode === 'cookie' ? code.replace("'./auth'", "'./auth-cookie'") : code
        return auth.replaceAll(ADDRESS, server.url)
      },
    })
    const { document } = openBrowser()
    vi.stubGlobal('fetch', createCookieJar().fetch)
    const shows = (text: string) =>
      expect.poll(() => document.body.textContent, { timeout: 5_000 }).toContain(text)
    const press = (text: string) => {
      const buttons = [...document.querySelectorAll('button')]
      buttons.find(({ textContent }) => textContent === text)?.click()
    }
    const fill = (fields: Record<string, string>) => {
      for (const [name, value] of Object.entries(fields)) {
        Object.assign(document.querySelector(`[name=${name}]`) ?? {}, { value })
      }
    }
    await runBundle(join(folder, 'main.tsx'))
    await shows('Sign in')
    press('I am new')
    await shows('Sign up')
    const email = newEmail()
    fill({ email, password: '123', first_name: 'Ada', last_name: 'Lovelace' })
    press('Sign up')
    await shows('This password is too short.')
    fill({ password: PASSWORD })
    press('Sign up')
    await shows('Hello Ada')
    press('Sign out')
    await shows('Sign in')
    fill({ email, password: 'wrong' })
    press('Sign in')
    await shows('Incorrect credentials')
    fill({ password: PASSWORD })
    press('Sign in')
    await shows('Hello Ada')
  })
})
