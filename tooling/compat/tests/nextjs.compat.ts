import { join } from 'node:path'
import { findFreePort, newEmail, type OidcServer, PASSWORD } from '@latchkey/testkit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installed, installExample } from '../src/install.ts'
import { type OpenedPage, openPage } from '../src/open-page.ts'
import { startProvider } from '../src/provider.ts'
import { runProgram, type StartedProgram, startProgram } from '../src/run-program.ts'
import { type Latchkey, startLatchkey } from '../src/start-latchkey.ts'

const ACCESS_SECONDS = 12
/** Next.js and its compiler are 360 MB. A busy machine needs many minutes to unpack and to build. */
const PATIENCE_MILLISECONDS = 1_800_000
/** What the proxy before the app writes; the browser has forged the first part. */
const FORWARDED = '198.51.100.9, 203.0.113.7'

let installed: Installed
let latchkey: Latchkey
let provider: OidcServer
let app: StartedProgram
let opened: OpenedPage
let page: Page
let url: string
const email = newEmail()

beforeAll(async () => {
  const [port, serverPort] = [await findFreePort(), await findFreePort()]
  url = `http://localhost:${port}`
  const acme = await startProvider(`http://localhost:${serverPort}`)
  provider = acme.provider
  const settings = {
    ...acme.settings,
    ACCESS_TOKEN_LIFETIME: `${ACCESS_SECONDS}s`,
    PORT: String(serverPort),
    PROVIDER_RETURN_URLS: `${url}/social/return`,
    TRUSTED_PROXIES: '1',
  }
  ;[installed, latchkey, opened] = await Promise.all([
    installExample('nextjs'),
    startLatchkey(settings),
    openPage(),
  ])
  page = opened.page
  await page.setExtraHTTPHeaders({ 'X-Forwarded-For': FORWARDED })
}, PATIENCE_MILLISECONDS)

beforeAll(async () => {
  const { port } = new URL(url)
  const env = { LATCHKEY_URL: latchkey.url, APP_URL: url, TRUSTED_PROXIES: '1' }
  const at = { cwd: installed.folder, env }
  const next = join(installed.folder, 'node_modules/next/dist/bin/next')
  await runProgram(process.execPath, [next, 'build'], at)
  const args = [next, 'start', '--port', port]
  app = await startProgram(process.execPath, args, { ...at, ready: /Ready in/ })
}, PATIENCE_MILLISECONDS)

afterAll(async () => {
  await opened?.close()
  await app?.stop()
  await Promise.all([latchkey?.close(), installed?.remove(), provider?.close()])
})

/** The cookie of the session, as the browser has it. */
async function readCookie() {
  return (await page.context().cookies()).find(({ name }) => name === 'latchkey')
}

/** Lets the app believe that the access token of the browser was asked for hours ago. */
async function ageCookie(): Promise<void> {
  const cookie = await readCookie()
  if (!cookie) throw new Error('There is no session to age.')
  const value = cookie.value.replace(/\d{13}/, (sentAt) => String(Number(sentAt) - 7_200_000))
  await page.context().addCookies([{ ...cookie, value }])
}

async function fill(fields: Record<string, string>, button: string): Promise<void> {
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text)
  await page.getByRole('button', { name: button, exact: true }).click()
}

const signIn = () => fill({ Email: email, Password: PASSWORD }, 'Sign in')
const heading = (text: string) => page.getByRole('heading', { name: text }).waitFor()
const listSessions = () => latchkey.database.sql`select id, generation from sessions`

test('a visitor is led to the sign-in, signs up, and sees the user in a server component', async () => {
  await page.goto(`${url}/account`)
  await heading('Sign in')
  expect(page.url()).toBe(`${url}/sign-in?next=%2Faccount`)
  await page.getByRole('link', { name: 'I am new' }).click()
  await heading('Sign up')
  await fill({ Email: email, Password: 'short', 'First name': 'Ada', 'Last name': 'Lovelace' }, 'Sign up')
  await page.getByText('This password is too short.').waitFor()
  await fill({ Email: email, Password: PASSWORD, 'First name': 'Ada', 'Last name': 'Lovelace' }, 'Sign up')
  await heading('Hello Ada')
  expect(await readCookie()).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  expect(await page.evaluate(() => document.cookie)).toBe('')
})

test('a server action changes the user, and the page shows it', async () => {
  await fill({ 'First name': 'Grace' }, 'Save')
  await heading('Hello Grace')
  await page.getByText('Saved.').waitFor()
})

test('a route handler lists the session, with the address and the device of the browser', async () => {
  const { sessions } = await page.evaluate(async () => (await fetch('/api/sessions')).json())
  expect(sessions).toMatchObject([
    { current: true, ip: '203.0.113.7', browser: expect.stringMatching(/Chrom/) },
  ])
})

test('a page of another origin changes nothing', async () => {
  const { value } = (await readCookie()) ?? { value: '' }
  const headers = { Cookie: `latchkey=${value}`, Origin: 'http://evil.example' }
  const answer = await fetch(`${url}/api/sessions`, { method: 'DELETE', headers })
  expect(answer.status).toBe(403)
  expect(await listSessions()).toHaveLength(1)
})

test('after the access token has expired, the next visit refreshes once and goes on', async () => {
  const before = (await readCookie())?.value ?? ''
  const [access = ''] = /eyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(before) ?? []
  const [{ generation } = { generation: 0 }] = await listSessions()
  const headers = { Authorization: `Bearer ${access}` }
  await expect.poll(async () => (await fetch(`${latchkey.url}/user/`, { headers })).status).toBe(401)
  await page.reload()
  await heading('Hello Grace')
  expect((await readCookie())?.value).not.toBe(before)
  const [after] = await listSessions()
  expect(after?.generation).toBe(Number(generation) + 1)
})

test('an action that comes with an old token signs out for good', async () => {
  await ageCookie()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await heading('Welcome, visitor')
  expect(await readCookie()).toBeUndefined()
  expect(await listSessions()).toEqual([])
})

test('a sign-in leads to the page that was asked for, and to no other site', async () => {
  await page.goto(`${url}/sign-in?next=//evil.example/`)
  await fill({ Email: email, Password: 'wrong' }, 'Sign in')
  await page.getByText('Incorrect credentials').waitFor()
  await signIn()
  await heading('Hello Grace')
  expect(page.url()).toBe(`${url}/account`)
})

test('a sign-in over an old session leaves the new one in the browser', async () => {
  const before = (await readCookie())?.value
  await ageCookie()
  await page.goto(`${url}/sign-in`)
  await ageCookie()
  await signIn()
  await heading('Hello Grace')
  const cookie = await readCookie()
  expect(cookie?.value).not.toBe(before)
  await ageCookie()
  await page.reload()
  await heading('Hello Grace')
})

test('a session that was ended elsewhere leads to the sign-in, at once and after a refresh', async () => {
  await latchkey.database.sql`delete from sessions`
  await page.goto(`${url}/account`)
  await heading('Sign in')
  await ageCookie()
  await page.goto(url)
  await heading('Welcome, visitor')
  expect(await readCookie()).toBeUndefined()
  expect(opened.problems).toEqual([])
})

test('what went wrong at a provider is said, and no other word of the address', async () => {
  await page.goto(`${url}/sign-in?problem=provider`)
  await page.getByText('That did not work.').waitFor()
  await page.goto(`${url}/sign-in?problem=__proto__`)
  await heading('Sign in')
  expect(await page.getByRole('status').textContent()).toBe('')
})

test('a provider signs in, with nothing of it left in the browser, and a foreign code signs nobody in', async () => {
  await page.goto(`${url}/social/return?attempt=of-somebody&code=${'x'.repeat(43)}`)
  await heading('Sign in')
  await page.getByRole('button', { name: 'Continue with Acme' }).click()
  await heading('Hello Grace')
  expect(page.url()).toBe(`${url}/account`)
  const names = (await page.context().cookies(`${url}/social/return`)).map(({ name }) => name)
  expect(names).toEqual(['latchkey'])
  expect(opened.problems).toEqual([])
})
