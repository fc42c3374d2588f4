import { findFreePort, newEmail, type OidcServer, PASSWORD } from '@latchkey/testkit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installed, installExample } from '../src/install.ts'
import { type OpenedPage, openPage } from '../src/open-page.ts'
import { startProvider } from '../src/provider.ts'
import { runProgram, type StartedProgram, startProgram } from '../src/run-program.ts'
import { type Latchkey, startLatchkey } from '../src/start-latchkey.ts'

/** What the proxy before the app writes; the browser has forged the first part. */
const FORWARDED = '198.51.100.9, 203.0.113.7'
const ACCESS_SECONDS = 5

let installed: Installed
let latchkey: Latchkey
let provider: OidcServer
let app: StartedProgram
let opened: OpenedPage
let page: Page
let url: string
const email = newEmail()

beforeAll(async () => {
  const [port, serverPort] = [String(await findFreePort()), String(await findFreePort())]
  url = `http://localhost:${port}`
  const acme = await startProvider(`http://localhost:${serverPort}`)
  provider = acme.provider
  const settings = {
    ...acme.settings,
    PORT: serverPort,
    PROVIDER_RETURN_URLS: `${url}/api/signed-in`,
    ACCESS_TOKEN_LIFETIME: `${ACCESS_SECONDS}s`,
    TRUSTED_PROXIES: '127.0.0.1,::1',
    MFA_REQUIRED_ROLES: '900',
  }
  ;[installed, latchkey, opened] = await Promise.all([
    installExample('bff'),
    startLatchkey(settings),
    openPage(),
  ])
  page = opened.page
  await page.setExtraHTTPHeaders({ 'X-Forwarded-For': FORWARDED })
  const env = { LATCHKEY_URL: latchkey.url, APP_URL: url, PORT: port, TRUSTED_PROXIES: '1' }
  app = await startProgram(process.execPath, ['src/main.ts'], {
    cwd: installed.folder,
    env,
    ready: /ready at/,
  })
})

afterAll(async () => {
  await opened?.close()
  await app?.stop()
  await Promise.all([latchkey?.close(), installed?.remove(), provider?.close()])
})

async function fill(form: string, fields: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(fields)) await page.locator(`#${form} [name=${name}]`).fill(text)
  await page.locator(`#${form} button[type=submit]`).click()
}

const heading = (text: string) => page.getByRole('heading', { name: text }).waitFor()
const says = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor()
const readCookie = async () => (await page.context().cookies())[0]
const listSessions = () =>
  latchkey.database.sql`select generation, ip, browser from sessions order by created_at`

/** Signs in as another browser, and returns its cookie. */
async function signInElsewhere(headers: Record<string, string> = {}): Promise<Response> {
  const body = JSON.stringify({ email, password: PASSWORD })
  const own = { 'Content-Type': 'application/json', Origin: url, 'User-Agent': 'curl/8.0', ...headers }
  return fetch(`${url}/api/sign-in`, { method: 'POST', headers: own, body })
}

test('the sample compiles', async () => {
  await runProgram(process.execPath, ['node_modules/typescript/bin/tsc'], { cwd: installed.folder })
})

test('a visitor signs up, and the browser gets an id and no token', async () => {
  await page.goto(url)
  await heading('Sign in')
  await page.getByRole('button', { name: 'I am new' }).click()
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  await fill('sign-up', { email, password: 'short', ...names })
  await says('This password is too short.')
  await fill('sign-up', { email, password: PASSWORD, ...names })
  await heading('Hello Ada')
  const cookie = await readCookie()
  expect(cookie).toMatchObject({ name: 'latchkey', httpOnly: true, sameSite: 'Lax', path: '/' })
  expect(cookie?.value).toMatch(/^[\w-]{43}$/)
  expect(await page.evaluate('JSON.stringify([document.cookie, { ...localStorage }])')).toBe('["",{}]')
})

test('the session has the device and the address of the visitor, not those of the backend', async () => {
  expect(await listSessions()).toMatchObject([
    { ip: '203.0.113.7', browser: expect.stringContaining('Chrom') },
  ])
  await page.getByText('at 203.0.113.7 (here)').waitFor()
})

test('hours later the session goes on, also for requests at once', async () => {
  const before = await listSessions()
  await expect
    .poll(async () => {
      await page.evaluate(`Promise.all(Array.from({ length: 5 }, () => fetch('/api/user')))`)
      return (await listSessions())[0]?.generation
    })
    .toBeGreaterThan(before[0]?.generation)
  await page.reload()
  await heading('Hello Ada')
})

test('a page of another origin changes nothing', async () => {
  const foreign = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }
  expect((await signInElsewhere(foreign)).status).toBe(403)
  expect(await listSessions()).toHaveLength(1)
})

test('a sign-in gives a new id, also to a browser with a planted one', async () => {
  const planted = (await signInElsewhere()).headers.getSetCookie().at(-1)?.split(';')[0] ?? ''
  for (const cookie of [planted, 'latchkey=chosen-by-somebody']) {
    const answer = await signInElsewhere({ Cookie: cookie })
    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie().at(-1)?.split(';')[0]).not.toBe(cookie)
    const visit = await fetch(`${url}/api/user`, { headers: { Cookie: cookie } })
    expect(await visit.json()).toBeNull()
  }
})

test('a wrong password is shown, and signing out ends the session at the server', async () => {
  const { length } = await listSessions()
  const { value } = (await readCookie()) ?? { value: '' }
  await page.getByRole('button', { name: 'Sign out' }).click()
  await heading('Sign in')
  expect(await listSessions()).toHaveLength(length - 1)
  const visit = await fetch(`${url}/api/user`, { headers: { Cookie: `latchkey=${value}` } })
  expect(await visit.json()).toBeNull()
  await fill('sign-in', { email, password: 'wrong' })
  await says('Incorrect credentials')
  await fill('sign-in', { email, password: PASSWORD })
  await heading('Hello Ada')
})

test('a session that was ended elsewhere leads to the sign-in', async () => {
  await latchkey.database.sql`delete from sessions`
  await expect
    .poll(async () => {
      await page.reload()
      return page.getByRole('heading', { name: 'Sign in' }).isVisible()
    })
    .toBe(true)
})

test('a provider signs in, with an id of its own, and a foreign code signs nobody in', async () => {
  const before = await readCookie()
  await page.goto(`${url}/api/signed-in?attempt=of-somebody&code=${'x'.repeat(43)}`)
  await heading('Sign in')
  await page.getByRole('link', { name: 'Continue with Acme' }).click()
  await heading('Hello Grace')
  expect(page.url()).toBe(`${url}/`)
  const cookies = await page.context().cookies(`${url}/api/signed-in`)
  expect(cookies.map(({ name }) => name)).toEqual(['latchkey'])
  expect(cookies[0]?.value).not.toBe(before?.value)
})

test('what went wrong at a provider is said once, and any other address is no problem', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click()
  const next = () => page.getByRole('link', { name: 'Continue with Acme' }).click()
  const isBack = async () => {
    await heading('Sign in')
    expect(page.url()).toBe(`${url}/`)
  }
  await heading('Sign in')
  await latchkey.database.sql`update users set is_active = false where email = 'grace@acme.example'`
  await next()
  await says('That did not work.')
  await isBack()
  await latchkey.database
    .sql`update users set is_active = true, role = 900 where email = 'grace@acme.example'`
  await next()
  await says('This account needs a second factor.')
  await isBack()
  for (const query of ['', '?utm_source=mail', '?problem=constructor']) {
    await page.goto(`${url}/${query}`)
    await page.getByRole('link', { name: 'Continue with Acme' }).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.getByRole('status').textContent()).toBe('')
    expect(page.url()).toBe(`${url}/${query.replace(/\?problem=.*/, '')}`)
  }
  // The refusals of this file, which a console shows in red.
  expect(opened.problems.filter((problem) => !/status of 40[01]/.test(problem))).toEqual([])
})
