import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, it } from 'vitest'
import { ASSETS } from '../../../apps/server/src/doors/pages/html/index.ts'
import { listPageShapes } from '../../../apps/server/tests/page-shapes.ts'
import { createTestSite } from '../../../apps/server/tests/test-site.ts'
import { readPassedOn } from '../src/options.ts'
import { forEachLook, photograph } from '../src/photographer.ts'

const REFUSED = {
  new_password1: ['This password is too short. It must contain at least 8 characters.'],
  new_password2: ['This password is too common.'],
}
const options = readPassedOn()

let browser: Browser
let server: Server
const documents = new Map<string, { type: string; body: string }>()
beforeAll(async () => {
  browser = await launchBrowser()
  for (const { path, contentType, body } of ASSETS) documents.set(path, { type: contentType, body })
  server = createServer((request, response) => {
    const found = documents.get(new URL(request.url ?? '/', 'http://localhost').pathname)
    response.writeHead(found ? 200 : 404, { 'Content-Type': found?.type ?? 'text/plain' }).end(found?.body)
  }).listen(0, 'localhost')
  await once(server, 'listening')
})
afterAll(async () => {
  server?.close()
  server?.closeAllConnections()
  await browser?.close()
})

it('photographs every page of the server', async () => {
  const url = `http://localhost:${(server.address() as AddressInfo).port}/page`
  await forEachLook('pages', options, async (look) => {
    const { language, theme } = look
    const site = createTestSite({ language, portalServed: true })
    const context = await browser.newContext({ colorScheme: theme })
    const page = await context.newPage()
    const shapes = listPageShapes({ text: 'ada@example.com', errors: REFUSED, site })
    for (const [name, render] of Object.entries(shapes)) {
      documents.set('/page', { type: 'text/html; charset=utf-8', body: String(await render()) })
      await page.goto(url)
      await photograph(page, name, { look, options })
    }
    await context.close()
  })
})
