import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LatchkeyClient } from '@latchkey/client'
import { newEmail, PASSWORD } from '@latchkey/testkit'
import { launchBrowser } from '@latchkey/testkit/browser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../apps/server/tests/test-server.ts'
import { type AuthServer, startAuthServer } from '../src/auth-server.ts'
import { bundleForBrowser } from '../src/bundle.ts'
import { writeFiles } from '../src/extract.ts'
import { expectRun } from '../src/runs.ts'
import { type Service, startService } from '../src/service.ts'

declare global {
  var loadThings: () => Promise<unknown>
  var client: LatchkeyClient
}

let browser: Awaited<ReturnType<typeof launchBrowser>>
let pages: Server
let origin: string
/** The script of the page. The page has another origin than the server, as for a reader of the guide. */
let script = ''
beforeAll(async () => {
  browser = await launchBrowser()
  pages = createServer((request, response) => {
    if (request.url === '/app.js') response.setHeader('Content-Type', 'text/javascript').end(script)
    else response.end('<!doctype html><div id="root"></div><script type="module" src="/app.js"></script>')
  }).listen(0, '127.0.0.1')
  await once(pages, 'listening')
  origin = `http://localhost:${(pages.address() as AddressInfo).port}`
})
afterAll(async () => {
  await browser?.close()
  pages?.closeAllConnections()
  pages?.close()
})

async function openPage() {
  const page = await (await browser.newContext()).newPage()
  await page.goto(origin)
  return page
}

describe('in Chromium, on a page of another origin', () => {
  let auth: AuthServer
  let service: Service
  beforeAll(async () => {
    auth = await startAuthServer({ CORS_ORIGINS: origin })
    service = await startService({ auth, page: origin, folder: 'browser' })
  })
  afterAll(async () => {
    await service?.stop()
    await auth?.close()
  })

  it('the client calls the Node service as the signed-in user', async () => {
    const { outfile, noteBlocks } = await bundleForBrowser(
      `import { createClient } from '@latchkey/client'
         import { cookieMode } from '@latchkey/client/cookie'
       import { loadThings } from './browser.ts'
       Object.assign(globalThis, { loadThings, client: createClient({ baseUrl: '${auth.url}' }) })`,
      service.folder,
    )
    script = await readFile(outfile, 'utf8')
    const page = await openPage()
    const person = { email: newEmail(), password1: PASSWORD, password2: PASSWORD }
    const userId = await page.evaluate(async (form) => {
      await client.register({ ...form, first_name: 'Ada', last_name: 'Lovelace' })
      const { state } = client.session
      return state.status === 'signed_in' ? state.userId : state.status
    }, person)
    expect(await page.evaluate(() => loadThings())).toEqual({ owner: userId })
    noteBlocks()
    await page.evaluate(() => client.logout())
    expect(await page.evaluate(() => loadThings())).toMatchObject({ code: 'not_authenticated' })
  })

  it('the React app signs up, greets and signs out', async () => {
    const edit = (code: string) => code.replaceAll('http://localhost:3000', auth.url)
    const folder = await writeFiles('react', { folder: 'browser', edit })
    script = await readFile((await bundleForBrowser("import './main.tsx'", folder)).outfile, 'utf8')
    const page = await openPage()
    await page.getByRole('button', { name: 'I am new' }).click()
    const form = { email: newEmail(), password: PASSWORD, first_name: 'Ada', last_name: 'Lovelace' }
    for (const [name, value] of Object.entries(form)) await page.locator(`[name=${name}]`).fill(value)
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.getByRole('heading', { name: 'Hello Ada' }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
  })

  it.each(['vue', 'svelte'])('the app of %s follows the user in every tab', async (framework) => {
    const edit = (code: string) => code.replaceAll('http://localhost:3000', auth.url)
    const folder = await writeFiles(framework, { folder: 'browser', edit })
    const { outfile, noteBlocks } = await bundleForBrowser("import './main.ts'", folder)
    script = await readFile(outfile, 'utf8')
    const page = await openPage()
    const failures: unknown[] = []
    page.on('pageerror', (error) => failures.push(error))
    const submit = async (fields: Record<string, string>, button: string) => {
      for (const [name, value] of Object.entries(fields)) await page.locator(`[name=${name}]`).fill(value)
      await page.getByRole('button', { name: button, exact: true }).click()
    }
    await page.getByRole('button', { name: 'I am new' }).click()
    const form = { email: newEmail(), password: '123', first_name: 'Ada', last_name: 'Lovelace' }
    await submit(form, 'Sign up')
    await page.getByText('This password is too short. Use at least 8 characters.').waitFor()
    await submit({ password: PASSWORD }, 'Sign up')
    await page.getByRole('heading', { name: 'Hello Ada' }).waitFor()
    const other = await page.context().newPage()
    await other.goto(origin)
    await other.getByRole('heading', { name: 'Hello Ada' }).waitFor()
    await page.getByRole('button', { name: 'Call me Augusta' }).click()
    for (const tab of [page, other]) await tab.getByRole('heading', { name: 'Hello Augusta' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    for (const tab of [page, other]) await tab.getByText('You are signed out.').waitFor()
    await submit({ email: form.email, password: 'wrong' }, 'Sign in')
    await page.getByText('The email address or the password is not right.').waitFor()
    await submit({ password: PASSWORD }, 'Sign in')
    await page.getByRole('heading', { name: 'Hello Augusta' }).waitFor()
    await page.route(`${auth.url}/**`, (route) => route.abort())
    await page.getByRole('button', { name: 'Call me Augusta' }).click()
    await page.getByText('The server could not be reached.').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('You are signed out here, but the server could not be told.').waitFor()
    expect(failures).toEqual([])
    noteBlocks()
  })
})

describe('in Chromium, in cookie mode', () => {
  it('a first visit shows no error, and a page of another site is named in the log of the server', async () => {
    const elsewhere = origin.replace('localhost', 'app.localhost')
    const server = await startTestServer({
      app: {
        refreshCookie: { secure: false, sameSite: 'Lax', path: '/' },
        corsOrigins: [origin, elsewhere],
      },
    })
    const warnings = () => server.logLines.filter((line) => line.includes('from another site'))
    const visit = async (at: string) => {
      const page = await (await browser.newContext()).newPage()
      const problems: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text())
      })
      await page.goto(at)
      await page.waitForFunction(() => globalThis.client?.session.state.status === 'signed_out')
      return problems
    }
    try {
      const baseUrl = server.url.replace('127.0.0.1', 'localhost')
      const { outfile } = await bundleForBrowser(
        `import { createClient } from '@latchkey/client'
         import { cookieMode } from '@latchkey/client/cookie'
         globalThis.client = createClient({ baseUrl: '${baseUrl}', mode: cookieMode })
         void globalThis.client.session.ready()`,
        await writeFiles('react', { folder: 'browser-cookie' }),
      )
      script = await readFile(outfile, 'utf8')
      expect([await visit(origin), warnings()]).toEqual([[], []])
      expect(await visit(elsewhere)).toEqual([])
      expect(warnings()).toHaveLength(1)
    } finally {
      await server.close()
    }
  })
})

it('every block for this test was run', () => expectRun('browser.test.ts'))
