import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { newEmail } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import { runBundle } from '../src/bundle.ts'
import { readBlocks, writeFiles } from '../src/extract.ts'

const run = promisify(execFile)
const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')
const ADDRESS = 'http://localhost:3000'
const PASSWORD = 'a long enough phrase'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ settings: { emailVerification: 'mandatory' }, mail: true })
})
afterAll(() => server?.close())

const atServer = (code: string) => code.replaceAll(ADDRESS, server.url)

it('the code of every page compiles, strictly', async () => {
  for (const page of ['react', 'node-service', 'mobile', 'operations'])
    await writeFiles(page, { name: `checked/${page}` })
  const check = run(process.execPath, [tsc, '-p', join(import.meta.dirname, '../tsconfig.code.json')])
  const { stdout } = await check.catch((error: { stdout: string }) => error)
  expect(stdout).toBe('')
})

it('the curl page runs, and is answered what it says', async () => {
  const blocks = (await readBlocks('curl')).filter(({ language }) => language === 'sh')
  const email = newEmail()
  const script = blocks
    .map(({ code }) => code)
    .join('\n')
    .replace(ADDRESS, server.url)
    .replace('MAILBOX=.data/mailbox', `MAILBOX=${server.mailbox.settings.mailboxDir}`)
    .replace('EMAIL=ada@example.com', `EMAIL=${email}`)
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script])
  const promised = [...script.matchAll(/^# (.+)$/gm)].map(([, line = '']) =>
    line.replace(/:.* a browser.*/, ''),
  )
  const answers = stdout.trim().split('\n')
  expect(answers).toHaveLength(promised.length)
  for (const [index, line] of promised.entries()) {
    const pattern = line
      .replace('ada@example.com', email)
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('…', '.*')
    expect(answers[index]).toMatch(new RegExp(`^${pattern}$`))
  }
})

interface Tokens {
  access: string
}

/** An account whose address is confirmed, and an access token of it. */
async function signUp(): Promise<{ email: string } & Tokens> {
  const email = newEmail()
  const post = (path: string, body: object) =>
    fetch(server.url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  await post('/registration/', { email, password1: PASSWORD, password2: PASSWORD, ...names })
  await fetch(server.url + (await server.mailbox.next(email, 'confirm-registration')).path, {
    redirect: 'manual',
  })
  const tokens = (await (await post('/login/', { email, password: PASSWORD })).json()) as Tokens
  return { email, access: tokens.access }
}

it('the Node service lets in whom it should, with Hono and without', async () => {
  // The server of the tests is called another name than it listens at.
  const named = `issuer: '${ADDRESS}', jwksUrl: '${server.url}/.well-known/jwks.json'`
  const folder = await writeFiles('node-service', {
    name: 'node-service',
    edit: (code) => code.replace(`issuer: '${ADDRESS}'`, named),
  })
  const { app } = await runBundle<{ app: { request(path: string, init?: RequestInit): Promise<Response> } }>(
    join(folder, 'app.ts'),
  )
  const { access } = await signUp()
  const headers = { Authorization: `Bearer ${access}` }
  expect((await app.request('/things/mine')).status).toBe(401)
  expect(await (await app.request('/things/mine', { headers })).json()).toEqual({ owner: expect.any(String) })
  expect((await app.request('/orders/mine', { headers })).status).toBe(200)
  expect((await app.request('/staff/report', { headers })).status).toBe(403)
  const { handle } = await runBundle<{ handle(request: Request): Promise<Response> }>(
    join(folder, 'plain.ts'),
  )
  expect((await handle(new Request('http://localhost:4000/'))).status).toBe(401)
  expect((await handle(new Request('http://localhost:4000/', { headers }))).status).toBe(200)
})

interface Mobile {
  followLink(url: string): Promise<unknown>
  setNewPassword(token: string, password: string): Promise<void>
  listenToLinks(show: (target: unknown) => void, fail: (error: unknown) => void): () => void
  client: import('@latchkey/client').LatchkeyClient
}

describe('the mobile app', () => {
  it('keeps its session in the keychain and follows mailed links', async () => {
    const folder = await writeFiles('mobile', {
      name: 'mobile',
      edit: (code) => `${atServer(code)}\nexport * from './auth'`,
    })
    const { client, ...links } = await runBundle<Mobile>(join(folder, 'links.ts'))
    const email = newEmail()
    const names = { first_name: 'Ada', last_name: 'Lovelace' }
    expect(await client.session.ready()).toEqual({ status: 'signed_out' })
    await client.register({ email, password1: PASSWORD, password2: PASSWORD, ...names })
    expect(await links.followLink((await server.mailbox.next(email, 'confirm-registration')).link)).toBe(
      'verified',
    )
    await client.login({ email, password: PASSWORD })
    expect(await client.user.get()).toMatchObject({ first_name: 'Ada' })
    await client.logout()

    await client.password.requestReset({ email })
    const shown: unknown[] = []
    const stop = links.listenToLinks(
      (target) => shown.push(target),
      (error) => shown.push(error),
    )
    const { link, secret } = await server.mailbox.next(email, 'reset-password')
    const { openLink } = globalThis as unknown as { openLink(url: string): void }
    openLink(link)
    await expect.poll(() => shown).toEqual([{ resetToken: secret }])
    stop()
    await expect(links.setNewPassword(secret, '12345')).rejects.toMatchObject({ code: 'invalid' })
    await links.setNewPassword(secret, 'another long phrase')
    expect(client.session.state.status).toBe('signed_in')
    await expect(
      links.followLink(`${server.url}/registration/verification/${secret}/`),
    ).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
