import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { NEW_PASSWORD, newEmail, PASSWORD } from '@latchkey/testkit'
import { launchBrowser } from '@latchkey/testkit/browser'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadConfig } from '../../../apps/server/src/process/config/index.ts'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { bundleForBrowser } from '../src/bundle.ts'
import { readBlocks, writeFiles } from '../src/extract.ts'
import { expectRun, noteRun } from '../src/runs.ts'

const PAGE = '<!doctype html><title>App</title><body></body><script type="module" src="/app.js"></script>'

let browser: Awaited<ReturnType<typeof launchBrowser>>
let pages: Server
let auth: TestServer
/** The site of the app. To browsers, two names below `localhost` are two sites. */
let app: string
/** The same server as `auth`, under the name of its own site. */
let authUrl: string
let script = ''

beforeAll(async () => {
  browser = await launchBrowser()
  pages = createServer((request, response) => {
    if (request.url === '/app.js') response.setHeader('Content-Type', 'text/javascript').end(script)
    else response.setHeader('Content-Type', 'text/html').end(PAGE)
  }).listen(0, '127.0.0.1')
  await once(pages, 'listening')
  app = `http://app.localhost:${(pages.address() as AddressInfo).port}`
  auth = await startTestServer({ settings: await readSettings(), mail: true })
  authUrl = auth.url.replace('127.0.0.1', 'auth.localhost')
})
afterAll(async () => {
  await browser?.close()
  await auth?.close()
  pages?.closeAllConnections()
  pages?.close()
})

/** The settings of the page, as the server reads them. */
async function readSettings() {
  const blocks = (await readBlocks('password-reset')).filter(({ language }) => language === 'sh')
  const lines = blocks.flatMap(({ code }) => code.replaceAll('http://localhost:5173', app).trim().split('\n'))
  noteRun(...blocks.map(({ id }) => id))
  const env = lines.map(
    (line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const,
  )
  const { corsOrigins, emailVerification, emailVerifiedRedirect, passwordResetRedirect, redirectUrls } =
    loadConfig(Object.fromEntries(env)).config
  return { corsOrigins, emailVerification, emailVerifiedRedirect, passwordResetRedirect, redirectUrls }
}

async function load(entry: string): Promise<void> {
  const edit = (code: string) =>
    code.replaceAll('http://localhost:3000', authUrl).replaceAll('http://localhost:5173', app)
  const folder = await writeFiles('password-reset', { folder: 'password-reset', edit })
  const { outfile, noteBlocks } = await bundleForBrowser(entry, folder)
  script = await readFile(outfile, 'utf8')
  noteBlocks()
}

/** Signs up a user, who did not follow the mailed link yet. */
async function signUp(): Promise<string> {
  const email = newEmail()
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  const body = JSON.stringify({ email, password1: PASSWORD, password2: PASSWORD, ...names })
  const headers = { 'content-type': 'application/json' }
  expect((await fetch(`${auth.url}/registration/`, { method: 'POST', headers, body })).status).toBe(201)
  return email
}

it('forgot, reset and verification land in an app on another site, without a cookie', async () => {
  await load("import './main.ts'")
  const page = await (await browser.newContext()).newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  const says = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor()
  const press = () => page.getByRole('button', { name: 'Continue' }).click()
  const openMail = async (kind: 'confirm-registration' | 'reset-password') => {
    const { path } = await auth.mailbox.next(email, kind)
    await page.goto(authUrl + path)
    await page.getByRole('button', { name: 'Continue' }).waitFor()
    expect(page.url()).toBe(`${app}/from-mail`)
  }

  const email = await signUp()
  await openMail('confirm-registration')
  await press()
  await says('Your address is confirmed.')

  await page.goto(`${app}/forgot`)
  await page.getByLabel('email').fill(email)
  await press()
  await says('Password reset e-mail has been sent.')
  await openMail('reset-password')
  expect(await page.context().cookies()).toEqual([])
  await page.getByLabel('password').fill(NEW_PASSWORD)
  await press()
  await says('Hello Ada')
  expect(problems).toEqual([])
})

it('an app among several names the page that its link leads to', async () => {
  await load(
    "import { forgotShopPassword } from './shop.ts'\nObject.assign(globalThis, { forgotShopPassword })",
  )
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${app}/shop/`)
  const email = await signUp()
  const { secret } = await auth.mailbox.next(email, 'confirm-registration')
  const json = { accept: 'application/json' }
  await fetch(`${auth.url}/registration/verification/${secret}/`, { headers: json, redirect: 'manual' })
  await page.waitForFunction("typeof forgotShopPassword === 'function'")
  await page.evaluate(`forgotShopPassword(${JSON.stringify(email)})`)
  const { path } = await auth.mailbox.next(email, 'reset-password')
  await page.goto(authUrl + path)
  expect(page.url()).toMatch(/\/shop-reset#reset=[\w-]+\.[\w-]+\.[\w-]+$/)
})

it('every block for this test was run', () => expectRun('password-reset.test.ts'))
