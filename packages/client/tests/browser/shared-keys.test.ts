import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { launchBrowser } from '@latchkey/testkit/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sign } from '../support/model-server.ts'
import { startProxy, type TestProxy } from './proxy.ts'
import { openTabs, PATIENCE_SECONDS, readState } from './setup.ts'

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
  const rounds = { keys, areCounted: false }
  let round: { key: string | undefined; response: ServerResponse }[] = []
  const issue = () => {
    const iat = Math.floor(Date.now() / 1000)
    const claims = { iat, exp: iat + 1800, session: 's', session_iat: 1, user_id: 'u', role: 0 }
    return JSON.stringify({ access: sign({ ...claims, email_verified: true, token_type: 'access' }) })
  }
  const server = createServer((request, response) => {
    request.resume()
    response.setHeader('Content-Type', 'application/json')
    if (request.url !== '/refresh/' || !rounds.areCounted) return void response.end(issue())
    const key = request.headers['idempotency-key'] as string | undefined
    if (key !== undefined && keys.at(-1)?.includes(key))
      return void response.writeHead(422).end('{"detail":"","code":"idempotency_key_reused"}')
    round.push({ key, response })
    if (round.length < TABS) return
    keys.push(round.map(({ key }) => key))
    for (const { response } of round) response.end(issue())
    round = []
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { rounds, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('four tabs in cookie mode send one key with the refreshes of a round, in 400 rounds, and never one twice', async () => {
  const { rounds, server, url } = await startRounds()
  proxy.upstream = url
  const setup = { proxy, mode: 'cookie' as const, timeoutSeconds: PATIENCE_SECONDS, close: async () => {} }
  const context = await browser.newContext()
  const pages = await openTabs(setup, context, TABS)
  const [first] = pages as [Page]
  await first.evaluate(() => tab.client.login({ email: 'ada@example.com', password: 'x' }).then(() => {}))
  for (const page of pages) await expect.poll(() => readState(page)).toBe('s')
  rounds.areCounted = true
  const refreshAll = (page: Page) =>
    page.evaluate(async (count) => {
      for (let round = 0; round < count; round++) await tab.client.session.refresh()
    }, ROUNDS)
  await Promise.all(pages.map(refreshAll))
  expect(rounds.keys).toHaveLength(ROUNDS)
  const isOneKey = (keys: unknown[]) => new Set(keys).size === 1 && keys[0] !== undefined
  expect(rounds.keys.filter((keys) => !isOneKey(keys))).toEqual([])
  expect(new Set(rounds.keys.flat()).size).toBe(ROUNDS)
  await context.close()
  server.close()
})
