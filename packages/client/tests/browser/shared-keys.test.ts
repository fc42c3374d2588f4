import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sign } from '../support/model-server.ts'
import { startProxy, type TestProxy } from './proxy.ts'
import { openTabs } from './setup.ts'

const TABS = 4
const ROUNDS = 400

let browser: Browser
let proxy: TestProxy
beforeAll(async () => {
  ;[browser, proxy] = await Promise.all([launchBrowser(), startProxy()])
})
afterAll(async () => {
  await browser?.close()
  await proxy?.close()
})

/** A server in cookie mode that answers the refreshes of a round when every tab has sent its own. */
async function startRounds() {
  const keys: (string | undefined)[][] = []
  let round: { request: IncomingMessage; response: ServerResponse }[] = []
  const issue = () => {
    const iat = Math.floor(Date.now() / 1000)
    const claims = { iat, exp: iat + 1800, session: 's', session_iat: 1, user_id: 'u', role: 0 }
    return JSON.stringify({ access: sign({ ...claims, email_verified: true, token_type: 'access' }) })
  }
  const server = createServer((request, response) => {
    request.resume()
    response.setHeader('Content-Type', 'application/json')
    if (request.url !== '/refresh/') return void response.end(issue())
    round.push({ request, response })
    if (round.length < TABS) return
    keys.push(round.map(({ request }) => request.headers['idempotency-key'] as string | undefined))
    for (const { response } of round) response.end(issue())
    round = []
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { keys, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('four tabs in cookie mode send one key with the refreshes of a round, in 400 rounds, and never one twice', async () => {
  const { keys, server, url } = await startRounds()
  proxy.upstream = url
  const setup = { proxy, mode: 'cookie' as const, close: async () => {} }
  const context = await browser.newContext()
  const pages = await openTabs(setup, context, TABS)
  const [first] = pages as [Page]
  await first.evaluate(() => tab.client.login({ email: 'ada@example.com', password: 'x' }).then(() => {}))
  const refresh = (page: Page) => page.evaluate(() => tab.client.session.refresh().then(() => {}))
  for (let round = 0; round < ROUNDS; round++) await Promise.all(pages.map(refresh))
  expect(keys).toHaveLength(ROUNDS)
  const different = keys.filter((round) => new Set(round).size > 1 || round.includes(undefined))
  expect(different).toEqual([])
  expect(new Set(keys.flat()).size).toBe(ROUNDS)
  await context.close()
  server.close()
})
