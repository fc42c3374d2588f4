import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type JourneyServer, startJourneyServer } from './journey-server.ts'

/** A name that no browser trusts without https, so it sends no Fetch Metadata. */
const HOST = 'auth.lan'
const NEW = 'another horse, another battery'

let browser: Browser
let server: JourneyServer
beforeAll(async () => {
  const flags = [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`]
  ;[browser, server] = await Promise.all([launchBrowser(flags), startJourneyServer({}, HOST)])
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** Asks for a reset, and opens the form by the mailed link. */
async function openForm(page: Page): Promise<void> {
  const { email } = await server.signUp()
  await server.post('/password/reset/', { email })
  await server.openMail(page, 'Set a new password', email)
  await page.locator('pre').getByRole('link').click()
  await page.getByLabel('New password', { exact: true }).fill(NEW)
  await page.getByLabel('New password again').fill(NEW)
}

/** Waits for the post of a form, and returns its headers as they were sent. */
async function readPost(page: Page, send: () => Promise<void>): Promise<Record<string, string>> {
  const [request] = await Promise.all([page.waitForRequest((one) => one.method() === 'POST'), send()])
  return request.allHeaders()
}

const submit = (page: Page) => page.getByRole('button', { name: 'Set new password' }).click()

describe('over plain http, in a browser without Fetch Metadata', () => {
  it.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
    'the form for a new password names its origin and nothing else, and works: %o',
    async (settings) => {
      const context = await browser.newContext(settings)
      const page = await context.newPage()
      await openForm(page)
      const headers = await readPost(page, () => submit(page))
      await page.getByRole('heading', { name: 'Your password has been reset' }).waitFor()
      expect(headers['sec-fetch-site']).toBeUndefined()
      expect(headers).toMatchObject({ origin: server.url, referer: `${server.url}/` })
      await context.close()
    },
  )

  it.each(['same-origin', 'no-referrer', 'unsafe-url'])(
    'a form of another site is refused, with the referrer policy %s',
    async (policy) => {
      const context = await browser.newContext()
      const page = await context.newPage()
      await openForm(page)
      const fields = ['new_password1', 'new_password2'].map((name) => `<input name="${name}" value="${NEW}">`)
      const form = `<form method="post" action="${server.url}/password/reset/set-new/">${fields.join('')}<button>Go</button></form>`
      const body = `<meta name="referrer" content="${policy}">${form}`
      await context.route('http://evil.lan/**', (route) => route.fulfill({ body, contentType: 'text/html' }))
      await page.goto('http://evil.lan/secret')
      const headers = await readPost(page, () => page.getByRole('button', { name: 'Go' }).click())
      await page.getByRole('heading', { name: 'This form came from another site' }).waitFor()
      expect(headers.origin).toBe(policy === 'unsafe-url' ? 'http://evil.lan' : 'null')
      await context.close()
    },
  )
})
