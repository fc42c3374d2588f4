import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  createProviderStandIn,
  describeMetadata,
  describeProviders,
  PLACES,
  type ProviderPerson,
  type ProviderStandIn,
} from '@latchkey/testkit'
import { launchBrowser } from '@latchkey/testkit/browser'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { bundleForBrowser } from '../src/bundle.ts'
import { readSnippets, run } from '../src/deployment.ts'
import { writeFiles } from '../src/extract.ts'
import { expectRun } from '../src/runs.ts'

/** An app of the files of the page: the buttons at `/`, and what comes next at `/signed-in`. */
const APP = `
  import { createRoot } from 'react-dom/client'
  import { client, social } from './auth'
  import * as connections from './connections'
  import { signInWithGoogle } from './native'
  import { ProviderButtons } from './provider-buttons'
  import { comeBack } from './signed-in'
  Object.assign(globalThis, { client, connections, signInWithGoogle })
  const root = document.body.appendChild(document.createElement('main'))
  if (location.pathname === '/signed-in')
    comeBack().then((next) => {
      root.textContent = JSON.stringify(next) + ' ' + client.session.state.status
    })
  else createRoot(root).render(<ProviderButtons />)`
const PAGE = '<!doctype html><title>App</title><body></body><script type="module" src="/app.js"></script>'

const ACME = PLACES.acme

let browser: Awaited<ReturnType<typeof launchBrowser>>
let pages: Server
let auth: TestServer
let standIn: ProviderStandIn
/** The site of the app. To browsers, two names below `localhost` are two sites. */
let app: string
let authUrl: string
let script = ''
/** Who sits at the provider. */
let person: ProviderPerson | null = null

beforeAll(async () => {
  browser = await launchBrowser()
  standIn = await createProviderStandIn()
  pages = createServer((request, response) => {
    if (request.headers.host?.startsWith('provider.'))
      response.writeHead(302, { location: answerAtProvider(request) }).end()
    else if (request.url === '/app.js') response.setHeader('Content-Type', 'text/javascript').end(script)
    else response.setHeader('Content-Type', 'text/html').end(PAGE)
  }).listen(0, '127.0.0.1')
  await once(pages, 'listening')
  const { port } = pages.address() as AddressInfo
  app = `http://app.localhost:${port}`
  standIn.override.answer = async ({ href }) =>
    href === ACME.metadata
      ? Response.json({
          ...describeMetadata(ACME),
          authorization_endpoint: `http://provider.localhost:${port}/`,
        })
      : undefined
  auth = await startTestServer({
    settings: { corsOrigins: [app] },
    core: {
      providerSettings: describeProviders({ acme: { name: 'Acme', emailDomains: ['acme.example'] } }),
      providerFetch: standIn.fetch,
      config: { providerReturnUrls: [app] },
    },
  })
  authUrl = auth.url.replace('127.0.0.1', 'auth.localhost')
  const folder = await writeFiles('provider-sign-in', {
    folder: 'provider-sign-in',
    edit: (code) => code.replaceAll('http://localhost:3000', authUrl),
  })
  const { outfile, noteBlocks } = await bundleForBrowser(APP, folder)
  script = await readFile(outfile, 'utf8')
  noteBlocks()
})
afterAll(async () => {
  await browser?.close()
  await auth?.close()
  pages?.closeAllConnections()
  pages?.close()
})

/** The page of the provider: its person agrees, or turns back. */
function answerAtProvider({ url = '' }: IncomingMessage): string {
  const asked = new URL(url.slice(1), ACME.authorization)
  const denied = { error: 'access_denied', state: asked.searchParams.get('state') ?? '' }
  const query = person === null ? new URLSearchParams(denied) : standIn.authorize(asked, person)
  return `${authUrl}/social/acme/callback/?${query}`
}

/** Opens the app in a browser of its own, whose person is known at the provider; null: the person turns back there. */
async function openApp(of: ProviderPerson | null) {
  person = of
  const page = await (await browser.newContext()).newPage()
  await page.goto(app)
  return {
    page,
    press: () => page.getByRole('button', { name: 'Continue with Acme' }).click(),
    shows: (text: string) => page.getByText(text).waitFor(),
    call: (code: string) => page.evaluate(code) as Promise<unknown>,
  }
}

const refusal = (call: string) => `${call}.then(() => 'done', ({ code }) => code)`

it('the buttons sign a new person in on another site, and a reload ends nothing twice', async () => {
  const ada = { sub: 'ada', email: 'ada@acme.example', email_verified: true }
  const { page, press, shows, call } = await openApp(ada)
  await press()
  await shows('{"show":"app"} signed_in')
  expect(page.url()).toBe(`${app}/signed-in`)
  await page.reload()
  await shows('{"show":"app"} signed_in')
  const accounts = (await call('connections.list()')) as { id: string }[]
  expect(accounts).toMatchObject([{ provider: 'acme', uid: 'ada' }])
  const last = refusal(`connections.disconnect(${JSON.stringify(accounts[0]?.id)})`)
  expect(await call(last)).toBe('disconnect_not_allowed')
})

it('a person who turns back finds the form without a word, and one whose address nobody vouches for a sentence', async () => {
  const turning = await openApp(null)
  await turning.press()
  await turning.shows('{"show":"sign_in","problem":""} signed_out')
  const stranger = await openApp({ sub: 'eve', email: 'eve@elsewhere.example', email_verified: true })
  await stranger.press()
  await stranger.shows('{"show":"sign_in","problem":"')
  expect(await stranger.page.textContent('main')).toMatch(/"problem":"\w.*"} signed_out$/)
})

it('a signed-in user connects an account, confirms with it, and disconnects it', async () => {
  const { call, page, shows } = await openApp({ sub: 'grace-at-acme', email: null })
  const password = 'a long enough phrase'
  const names = { first_name: 'Grace', last_name: 'Hopper' }
  const fields = { email: 'grace@example.com', password1: password, password2: password, ...names }
  await call(`client.register(${JSON.stringify(fields)})`)
  await call("void connections.connect('acme')")
  await page.waitForURL(`${app}/signed-in`)
  await shows('{"show":"app"} signed_in')
  const provenAt = () => call('Number(globalThis.client?.session.state.authTime ?? 0)').catch(() => 0)
  const before = Number(await provenAt())
  auth.clock.seconds = 60
  await call("void connections.confirm('acme')")
  await expect.poll(provenAt).toBeGreaterThan(before)
  await shows('{"show":"app"} signed_in')
  const [account] = (await call('connections.list()')) as { id: string; uid: string }[]
  expect(account).toMatchObject({ uid: 'grace-at-acme' })
  await call(`connections.disconnect(${JSON.stringify(account?.id)})`)
  expect(await call('connections.list()')).toEqual([])
})

it('the token of a dialog signs in, with the nonce of the app and with no other', async () => {
  const { call } = await openApp(null)
  const claims = { sub: '7', email: 'seven@gmail.com', email_verified: true }
  const token = await standIn.signIdToken('google', { aud: 'google-app', nonce: 'the nonce', ...claims })
  const send = (nonce: string) => `signInWithGoogle(${JSON.stringify(token)}, '${nonce}')`
  expect(await call(refusal(send('another')))).toBe('invalid_social_token')
  expect(await call(send('the nonce'))).toMatchObject({ status: 'signed_in' })
})

it('curl sends an ID token, and gets the answers of the page', async () => {
  const page = await readSnippets('provider-sign-in')
  const script = page.read('token.sh', { 'http://localhost:3000': auth.url })
  const claims = { sub: 'curl', email: 'curl@acme.example', email_verified: true }
  const ID_TOKEN = await standIn.signIdToken('acme', { aud: 'acme-app', ...claims })
  const done = await run(['bash', '--norc', '-euo', 'pipefail', '-c', script], { ...process.env, ID_TOKEN })
  const [providers, accounts] = done.output.replaceAll('][', ']\n[').split('\n')
  expect(JSON.parse(providers ?? '')).toContainEqual({ id: 'acme', name: 'Acme', client_id: 'acme-web' })
  expect(JSON.parse(accounts ?? '')).toMatchObject([{ provider: 'acme', uid: 'curl' }])
  const promised = [...script.matchAll(/^# (.+)$/gm)].map(([, line = '']) => Object.keys(JSON.parse(line)[0]))
  expect(promised).toEqual([['id', 'name', 'client_id'], Object.keys(JSON.parse(accounts ?? '')[0])])
  await page.close()
})

it('every block for this test was run', () => expectRun('provider-sign-in.test.ts'))
