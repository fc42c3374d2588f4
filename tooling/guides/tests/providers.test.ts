import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import {
  createProviderStandIn,
  createTestDatabase,
  findFreePort,
  type PlaceName,
  type ProviderPerson,
  type ProviderStandIn,
  readClaims,
  readPage,
  STAND_IN_SECRET,
  type TestDatabase,
  waitUntil,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../../apps/server/src/process/config/index.ts'
import { call } from '../../../apps/server/tests/call.ts'
import { runServer, waitForAddress } from '../../../apps/server/tests/run-server.ts'
import { begin, openBrowser, outcomeOf } from '../../../apps/server/tests/social/redirect-browser.ts'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { readSnippets, readVariables, run, type Snippets } from '../src/deployment.ts'
import { listPages, writeFiles } from '../src/extract.ts'
import { expectRun, noteRun } from '../src/runs.ts'

const PUBLIC_URL = 'https://auth.example.com'
const TENANT = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee'
const LEFT_OUT = undefined

/** A page, its provider, a person for whose address it vouches, and a change by which it does no longer. */
const PAGES: [page: string, provider: PlaceName, vouched: ProviderPerson | null, change: ProviderPerson][] = [
  [
    'google',
    'google',
    { sub: '1', email: 'ada@gmail.com', email_verified: true },
    { sub: '2', email: 'ada@elsewhere.example' },
  ],
  [
    'apple',
    'apple',
    { sub: '1', email: 'x1@privaterelay.appleid.com', email_verified: 'true' },
    { sub: '2', email: LEFT_OUT },
  ],
  [
    'microsoft',
    'microsoft',
    { tid: TENANT, oid: 'a1', sub: '1', email: 'ada@contoso.example', xms_edov: true },
    { oid: 'a2', email: 'grace@contoso.example', xms_edov: LEFT_OUT },
  ],
  [
    'github',
    'github',
    { id: 1, login: 'ada', emails: [{ email: 'ada@hub.example', primary: true, verified: true }] },
    { id: 2, emails: [{ email: '2+ada@users.noreply.github.com', primary: true, verified: true }] },
  ],
  [
    'gitlab',
    'gitlab',
    { sub: '1', email: 'ada@lab.example', email_verified: true },
    { sub: '2', email_verified: false },
  ],
  [
    'linkedin',
    'linkedin',
    { sub: '1', email: 'ada@in.example', email_verified: true },
    { sub: '2', email_verified: LEFT_OUT },
  ],
  [
    'discord',
    'discord',
    { id: '1', email: 'ada@cord.example', verified: true },
    { id: '2', verified: false },
  ],
  ['facebook', 'facebook', null, { id: '2', email: 'ada@face.example', first_name: 'Ada' }],
  [
    'openid-connect',
    'acme',
    { sub: '1', email: 'ada@acme.example', email_verified: true },
    { sub: '2', email: 'ada@elsewhere.example' },
  ],
]

let database: TestDatabase
let standIn: ProviderStandIn
let server: TestServer
const pages = new Map<string, Snippets>()
const stops: (() => Promise<void>)[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  standIn = await createProviderStandIn()
  standIn.override.answer = answerForTenant
  const key = await run(['openssl', 'genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'])
  for (const [name] of PAGES) {
    const page = await readSnippets(`providers/${name}`)
    pages.set(name, page)
    stops.push(page.close)
    if (name === 'apple') await page.write('AuthKey.p8', key.output.replace(/^[^-]*/, ''))
  }
  const providers = PAGES.flatMap(([name, provider]) => {
    const own = {
      ...readSettings(name),
      [`PROVIDER_${provider.toUpperCase()}_CLIENT_SECRET`]: STAND_IN_SECRET,
    }
    if (provider === 'apple') delete own.PROVIDER_APPLE_CLIENT_SECRET
    if (provider === 'acme') own.PROVIDER_ACME_ISSUER = 'https://id.acme.example'
    return loadConfig(own).config.providerSettings.providers
  })
  server = await startTestServer({
    core: {
      providerSettings: { providers, callbackUrls: [], allowInsecureRequests: false },
      providerFetch: standIn.fetch,
      config: { linkBaseUrl: PUBLIC_URL, providerReturnUrls: ['https://app.example/signed-in'] },
    },
  })
})
afterAll(async () => {
  await server?.close()
  for (const stop of stops) await stop()
  await database?.drop()
})

/** Microsoft has metadata of its own for each tenant. */
async function answerForTenant({ origin, pathname }: URL): Promise<Response | undefined> {
  if (!pathname.startsWith(`/${TENANT}/`)) return undefined
  const common = await standIn.fetch(origin + pathname.replace(TENANT, 'common'), {} as never)
  const metadata = (await common.json()) as { issuer: string }
  return Response.json({ ...metadata, issuer: metadata.issuer.replace('{tenantid}', TENANT) })
}

function readSettings(name: string): Record<string, string> {
  const page = pages.get(name) as Snippets
  const key: Record<string, string> =
    name === 'apple' ? { '/etc/latchkey/AuthKey.p8': join(page.folder, 'AuthKey.p8') } : {}
  return readVariables(page.read('latchkey.env', key))
}

/** Starts a server in a process of its own, and stops it at the end. */
async function start(env: Record<string, string>): Promise<{ url: string; output(): string }> {
  const { folder } = pages.get('google') as Snippets
  const own = runServer({ DATABASE_URL: database.url, DATA_DIR: folder, ...env })
  stops.unshift(() => stop(own.process))
  return { url: await waitForAddress(own), output: own.output }
}

async function stop(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}

/** Goes to the provider and back as this person, and redeems the code. */
async function signIn(provider: PlaceName, person: ProviderPerson) {
  const browser = openBrowser(server)
  const attempt = await begin(browser, { provider })
  const sent = attempt.provider.searchParams
  const query = standIn.authorize(attempt.provider, person)
  const back = outcomeOf(await browser.open(`/social/${provider}/callback/?${query}`))
  const json = { code: back.code, code_verifier: attempt.verifier }
  return { sent, answer: await call(`${server.url}/social/session/`, { json }) }
}

it('each page below `providers` is one of a provider, and each provider that is known has one', async () => {
  const found = (await listPages()).filter((page) => page.startsWith('providers/'))
  expect(found.sort()).toEqual(PAGES.map(([page]) => `providers/${page}`).sort())
  const [, meaning = ''] = /^\| `PROVIDERS` \|[^|]*\|([^|]*)/m.exec(readPage('docs/configuration.md')) ?? []
  const known = [...meaning.matchAll(/`([a-z]+)`/g)].map(([, name]) => name)
  expect(PAGES.map(([, provider]) => provider).sort()).toEqual([...known, 'acme'].sort())
})

describe.each(PAGES)('the page of %s', (name, provider, vouched, change) => {
  it('has settings with which a server starts without a warning, and lists the provider', async () => {
    const own = await start(readSettings(name))
    const { body } = await call(`${own.url}/social/providers/`)
    expect(body).toMatchObject([{ id: provider, client_id: expect.stringMatching(/./) }])
    expect(own.output()).not.toMatch(/PROVIDER/)
  })

  it('has the redirect URI and the scopes that the server sends', async () => {
    const { sent } = await signIn(provider, { ...vouched, ...change })
    const text = readPage(`docs/guides/providers/${name}.md`)
    expect(text.split(/\s+/)).toContain(sent.get('redirect_uri'))
    expect(text).toContain(`The server asks for \`${sent.get('scope')}\``)
  })

  it('tells whose address counts', async () => {
    if (vouched) expect((await signIn(provider, vouched)).answer).toMatchObject({ status: 200 })
    const refused = (await signIn(provider, { ...vouched, ...change })).answer
    expect(refused).toMatchObject({ status: 400, body: { code: 'provider_email_unverified' } })
  })
})

describe('the page of all providers', () => {
  let page: Snippets
  beforeAll(async () => {
    page = await readSnippets('providers')
    stops.push(page.close)
  })

  it('has addresses to go back to that a server takes', () => {
    const { config, warnings } = loadConfig(readVariables(page.read('return-urls.env')))
    expect(config.providerReturnUrls).toEqual([
      'https://app.example.com/signed-in',
      'com.example.app:/signed-in',
      'https://auth.example.com/account/return',
    ])
    expect(warnings).toEqual([])
  })

  it('has a provider that runs beside the server, and curl signs a new person in with it', async () => {
    const [port, serverPort] = [String(await findFreePort()), String(await findFreePort())]
    const edit = (code: string) =>
      code.replaceAll('4444', port).replaceAll('localhost:3000', `localhost:${serverPort}`)
    const folder = await writeFiles('providers', { folder: 'providers', edit })
    const provider = spawn(process.execPath, ['provider.mjs'], { cwd: folder, stdio: 'ignore' })
    stops.unshift(() => stop(provider))
    await waitUntil(
      async () => (await fetch(`http://localhost:${port}/jwks`).catch(() => null)) !== null,
      'the provider to serve',
    )
    noteRun('providers/provider.mjs')
    const settings = readVariables(page.read('acme.env', { '4444': port }))
    const own = await start({ ...settings, PORT: serverPort })
    expect(own.output()).not.toMatch(/PROVIDER/)
    const script = page.read('walk.sh', { 'localhost:3000': `localhost:${serverPort}` })
    const walk = ['bash', '--norc', '-euo', 'pipefail', '-c', `cd "${page.folder}"\n${script}`]
    const done = await run(walk)
    const [back = '', answer = ''] = done.output.split('\n')
    expect(back).toMatch(new RegExp(`^http://localhost:${serverPort}/done\\?code=[\\w-]{43}$`))
    const { access } = JSON.parse(answer) as { access: string }
    const { body } = await call(`${own.url}/user/`, { token: access })
    expect(body).toMatchObject({ email: 'ada@acme.example', first_name: 'ada' })
  })
})

it('the statement of the page for operators counts who has no other way in', async () => {
  const [, statement = ''] = /^```sql\n(.*?)^```$/ms.exec(readPage('docs/operations/providers.md')) ?? []
  const count = async () => (await server.database.sql.unsafe(statement)).map((row) => Number(row.count))
  const [before = 0] = await count()
  const person = { sub: 'lone', email: 'lone@acme.example', email_verified: true }
  const { answer } = await signIn('acme', person)
  expect(await count()).toEqual([before + 1])
  const { sub } = readClaims((answer.body as { access: string }).access)
  await server.database.sql`update users set password_hash = 'anything' where id = ${sub}`
  expect(await count()).toEqual([before])
})

it('every block for this test was run', () => expectRun('providers.test.ts'))
