import { findFreePort, newEmail, type OidcServer, PASSWORD } from '@latchkey/testkit'
import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installed, installExample } from '../src/install.ts'
import { type OpenedPage, openPage } from '../src/open-page.ts'
import { startProvider } from '../src/provider.ts'
import { runProgram, type StartedProgram, startProgram } from '../src/run-program.ts'
import { type Latchkey, startLatchkey } from '../src/start-latchkey.ts'

let spa: Installed

beforeAll(async () => {
  spa = await installExample('spa')
})

afterAll(() => spa?.remove())

/** The two ways to start the app, each in one mode of the client. */
const STARTS = [
  { script: 'dev', mode: 'token' },
  { script: 'preview', mode: 'cookie' },
]

describe.each(STARTS)(
  'the single-page app, by `npm run $script` and in the mode $mode',
  ({ script, mode }) => {
    let server: Latchkey
    let app: StartedProgram
    let browser: OpenedPage
    let provider: OidcServer
    let origin: string

    beforeAll(async () => {
      const port = String(await findFreePort())
      // One site for the app and the server, as the cookie needs it.
      origin = `http://localhost:${port}`
      const serverPort = String(await findFreePort())
      const acme = await startProvider(`http://localhost:${serverPort}`)
      provider = acme.provider
      server = await startLatchkey({
        ...acme.settings,
        CORS_ORIGINS: origin,
        PORT: serverPort,
        PUBLIC_URL: `http://localhost:${serverPort}`,
        REFRESH_TOKEN_AS_COOKIE: String(mode === 'cookie'),
      })
      const env = { VITE_LATCHKEY_URL: server.url, VITE_LATCHKEY_MODE: mode }
      if (script === 'preview') await runProgram('npm', ['run', 'build'], { cwd: spa.folder, env })
      const args = ['run', script, '--', '--port', port, '--strictPort']
      const options = { cwd: spa.folder, env, ready: /http:\/\/localhost:\d+/ }
      ;[app, browser] = await Promise.all([startProgram('npm', args, options), openPage()])
      await browser.page.goto(origin)
    })

    afterAll(async () => {
      await browser?.close()
      await Promise.all([app?.stop(), server?.close(), provider?.close()])
    })

    test('serves sign-up, the user, sign-out, sign-in and a forgotten password', async () => {
      const { page, problems } = browser
      const email = newEmail()
      const fill = (label: string, text: string) => page.getByLabel(label).fill(text)
      const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
      const see = (name: string) => page.getByRole('heading', { name }).waitFor()

      await page.getByRole('link', { name: 'Create an account' }).click()
      await see('Create an account')
      await press('Sign up')
      // One sentence beside each of the four fields.
      await page.getByText('This field may not be blank.').nth(3).waitFor()
      await fill('First name', 'Ada')
      await fill('Last name', 'Lovelace')
      await fill('Email', email)
      await fill('Password', PASSWORD)
      await press('Sign up')
      await see('Hello Ada')

      await fill('First name', 'Augusta')
      await press('Save')
      await see('Hello Augusta')
      await page.reload()
      await see('Hello Augusta')
      await press('Sign out')
      await see('Create an account')

      // The screen before has a field of the same label, and goes a moment after the click.
      await page.getByRole('link', { name: 'I have an account' }).click()
      await see('Sign in')
      await fill('Email', email)
      await fill('Password', 'wrong')
      await press('Sign in')
      await page.getByText('Incorrect credentials').waitFor()
      await fill('Password', PASSWORD)
      await press('Sign in')
      await see('Hello Augusta')
      await page.route('**/logout/', (route) => route.abort())
      await press('Sign out')
      await page.getByText('You are signed out here, but the server could not be told.').waitFor()
      await page.unroute('**/logout/')
      await fill('Email', email)
      await fill('Password', PASSWORD)
      await press('Sign in')
      await see('Hello Augusta')
      await press('Sign out on all devices')

      await page.getByRole('link', { name: 'Forgot your password?' }).click()
      await see('Forgot your password?')
      await fill('Email', email)
      await press('Send a link')
      await page.getByText('Password reset e-mail has been sent.').waitFor()
      const [user] = await server.database.sql`select first_name from users where email = ${email}`
      expect(user).toEqual({ first_name: 'Augusta' })
      // Refusals are answers, which Chromium shows in red; the app itself has no fault.
      expect(problems.filter((problem) => !problem.startsWith('Failed to load resource'))).toEqual([])
    })

    const leave = (page: Page) => page.getByRole('button', { name: 'Continue with Acme' }).click()
    const greets = (page: Page) => page.getByRole('heading', { name: 'Hello Grace' }).waitFor()

    test('a provider signs in, and the browser is back at the app', async () => {
      const { page } = browser
      await page.goto(origin)
      await leave(page)
      await greets(page)
      expect(page.url()).toBe(`${origin}/`)
      await page.reload()
      await greets(page)
    })

    test('a tab that comes back when another tab has signed in leaves no outcome in its address', async () => {
      const { page } = browser
      await page.getByRole('button', { name: 'Sign out', exact: true }).click()
      for (const outcome of ['a code', 'a refusal']) {
        const late = await page.context().newPage()
        await late.goto(origin)
        await page.getByRole('heading', { name: 'Sign in' }).waitFor()
        const { promise: away, resolve } = Promise.withResolvers<Route>()
        // The way to the provider takes long.
        await late.route('**/start/?**', resolve, { times: 1 })
        const left = leave(late)
        const route = await away
        await leave(page)
        await greets(page)
        const isBack = late.waitForEvent('framenavigated', (frame) => frame.url().includes('lk_attempt='))
        if (outcome === 'a code') await route.continue()
        else await route.fulfill({ status: 302, headers: { location: refuse(route.request().url()) } })
        await Promise.all([left, isBack])
        await greets(late)
        await expect.poll(() => late.url()).toBe(`${origin}/`)
        if (outcome === 'a refusal') await late.getByText('That did not work. Try again').waitFor()
        await late.getByRole('button', { name: 'Sign out', exact: true }).click()
        await late.getByRole('heading', { name: 'Sign in' }).waitFor()
        expect(await late.getByText('That did not work').count()).toBe(0)
        await late.close()
      }
    })

    test('a button that cannot leave the page says why', async () => {
      const { page } = browser
      await page.addInitScript(() =>
        Object.defineProperty(globalThis, 'sessionStorage', {
          get: () => {
            throw new DOMException('The user denied it.', 'SecurityError')
          },
        }),
      )
      await page.reload()
      await leave(page)
      await page.getByRole('status').filter({ hasText: /\w/ }).waitFor()
      expect(page.url()).toBe(`${origin}/`)
    })
  },
)

/** Leads back from the start of a redirect, as the server does where the provider wants to ask something first. */
function refuse(start: string): string {
  const back = new URL(new URL(start).searchParams.get('return_to') ?? '')
  back.searchParams.set('error', 'login_required')
  return back.href
}
