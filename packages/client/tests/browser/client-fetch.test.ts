import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { launchBrowser } from '@latchkey/testkit/browser'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { createFetch } from '../../src/fetch/index.ts'
import type { createClient } from '../../src/index.ts'
import { sign } from '../support/model-server.ts'

declare const latchkey: { createClient: typeof createClient; createFetch: typeof createFetch }

/** One site of the tests, and what it got. */
interface Site {
  origin: string
  server: Server
  seen: { path: string; authorization: string | null; body: string }[]
}

let browser: Browser
let page: Page
let script = ''
/** The page and the auth server, a service that the client trusts, and one that it does not. */
let own: Site
let api: Site
let evil: Site

const now = Math.floor(Date.now() / 1000)
const claims = {
  iat: now,
  exp: now + 1800,
  session: 's',
  session_iat: now,
  user_id: 'u',
  role: 0,
  email_verified: true,
}
const access = sign({ ...claims, token_type: 'access' })
const refresh = sign({ ...claims, token_type: 'refresh', generation: 1 })

beforeAll(async () => {
  const contents = "export * from './index.ts'\nexport * from './fetch/index.ts'"
  const stdin = { contents, resolveDir: join(import.meta.dirname, '../../src') }
  const bundle = { bundle: true, format: 'iife', globalName: 'latchkey', write: false } as const
  script = (await build({ ...bundle, stdin })).outputFiles[0]?.text ?? ''
  ;[own, api, evil] = await Promise.all([startSite(), startSite(), startSite()])
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  for (const { server } of [own, api, evil]) server.close()
})
beforeEach(async () => {
  page = await browser.newPage()
})
afterEach(async () => {
  await page.close()
  for (const site of [own, api, evil]) site.seen = []
})

/** Starts a site that lets every other site read its answers. */
async function startSite(): Promise<Site> {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x')
    const body = Buffer.concat(await request.toArray()).toString()
    response
      .setHeader('Access-Control-Allow-Origin', '*')
      .setHeader('Access-Control-Allow-Headers', 'Authorization')
    response.setHeader('Access-Control-Allow-Methods', 'PUT')
    if (pathname === '/page')
      return void response.end(
        `<base href="${searchParams.get('base')}"><iframe></iframe><script>${script}</script>`,
      )
    if (request.method === 'OPTIONS' || pathname === '/favicon.ico') return void response.end()
    site.seen.push({ path: pathname, authorization: request.headers.authorization ?? null, body })
    const target = searchParams.get('to')
    response.writeHead(target ? 307 : 200, target ? { Location: target } : {}).end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const site: Site = { origin, server, seen: [] }
  return site
}

/** Opens a page of a signed-in user, with another base for its relative URLs. */
async function openPage(base = own.origin): Promise<void> {
  await page.goto(`${own.origin}/page?base=${encodeURIComponent(`${base}/`)}`)
}

/** What a page does with the `fetch` of `createFetch`. */
interface Act {
  url: string
  /** Makes a `Request` with the class of the frame in the page. */
  inFrame?: boolean
  method?: string
  body?: string
}

function fetchInPage(act: Act): Promise<string> {
  return page.evaluate(
    async ({ act: { url, inFrame, ...init }, trusted, tokens }) => {
      const client = latchkey.createClient({ baseUrl: location.origin })
      const fetchAsUser = latchkey.createFetch(client, { trustedOrigins: [trusted] })
      await client.session.adopt(tokens)
      const { Request: Foreign } = frames[0] as unknown as typeof globalThis
      const answer = inFrame ? fetchAsUser(new Foreign(url, init)) : fetchAsUser(url, init)
      return answer.then(
        ({ status }) => String(status),
        (error) => String(error),
      )
    },
    { act, trusted: api.origin, tokens: { access, refresh } },
  )
}

const bearer = `Bearer ${access}`

describe('the access token of a page', () => {
  test('goes to its own origin by a relative URL, but not where the base of the page leads elsewhere', async () => {
    await openPage()
    expect(await fetchInPage({ url: 'things' })).toBe('200')
    expect(own.seen).toEqual([{ path: '/things', authorization: bearer, body: '' }])
    await openPage(evil.origin)
    expect(await fetchInPage({ url: 'things' })).toBe('200')
    expect(evil.seen).toEqual([{ path: '/things', authorization: null, body: '' }])
  })

  test('follows the base of the page to a trusted origin', async () => {
    await openPage(api.origin)
    await fetchInPage({ url: 'things' })
    expect(api.seen).toEqual([{ path: '/things', authorization: bearer, body: '' }])
  })

  test('is judged by the URL of a Request from a frame', async () => {
    await openPage()
    await fetchInPage({ url: `${evil.origin}/things`, inFrame: true })
    expect(evil.seen).toEqual([{ path: '/things', authorization: null, body: '' }])
    await fetchInPage({ url: `${api.origin}/things`, inFrame: true, method: 'PUT', body: 'hello' })
    expect(api.seen).toEqual([{ path: '/things', authorization: bearer, body: 'hello' }])
  })

  test('is taken off by the browser when a trusted origin redirects to another one', async () => {
    await openPage()
    await fetchInPage({ url: `${api.origin}/?to=${encodeURIComponent(`${evil.origin}/things`)}` })
    expect(api.seen).toMatchObject([{ authorization: bearer }])
    expect(evil.seen).toEqual([{ path: '/things', authorization: null, body: '' }])
  })
})
