import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Core } from '@latchkey/core'
import { describeProviders } from '@latchkey/testkit'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../src/doors/app.ts'
import { OWN_WORDS } from '../src/process/config/base-path.ts'
import { CONFIG, startTestServer, type TestServer } from './test-server.ts'

const SCRIPT = `console.log('${'latchkey '.repeat(50)}')`
const HTML = { Accept: 'text/html' }
let folder: string
let server: TestServer
let unbuilt: TestServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-portal-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Portal</title>')
  await writeFile(join(folder, 'assets/index-abc.js'), SCRIPT)
  const { providers, ...settings } = describeProviders()
  const google = { ...settings, providers: providers.filter(({ id }) => id === 'google') }
  server = await startTestServer({
    app: { portalDir: folder, portalServed: true },
    core: { providerSettings: google },
  })
  unbuilt = await startTestServer({ app: { portalDir: join(folder, 'nowhere') } })
})
afterAll(async () => {
  await server.close()
  await unbuilt.close()
  await rm(folder, { recursive: true })
})

describe('the page', () => {
  it.each(['/account', '/account/', '/account/sign-in', '/account/a/b/'])('is served at %s', async (path) => {
    const answer = await fetch(server.url + path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(await answer.text()).toContain('<title>Portal')
  })

  it('may load and call only what this server serves', async () => {
    const { headers } = await fetch(`${server.url}/account/`)
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  it('is where the root redirects a browser, while a program gets the index', async () => {
    const person = await fetch(server.url, { headers: HTML, redirect: 'manual' })
    expect([person.status, person.headers.get('location')]).toEqual([302, '/account/'])
    expect(await (await fetch(server.url)).json()).toMatchObject({ name: 'Latchkey' })
  })
})

it('no path of PUBLIC_URL that begins like a path of the server is accepted', () => {
  const mail = { mode: 'dev', mailboxDir: folder }
  const app = createApp({
    core: { listProviders: (): never[] => [] } as unknown as Core,
    log: pino({ enabled: false }),
    config: { ...CONFIG, mail },
  })
  const words = app.routes.flatMap(({ path }) => path.split('/')[1] || [])
  expect(new Set(words.filter((word) => word !== '*'))).toEqual(OWN_WORDS)
})

describe('a file', () => {
  it('is cached forever, because its name changes with its content, and is sent compressed', async () => {
    const answer = await fetch(`${server.url}/account/assets/index-abc.js`)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect(answer.headers.get('vary')).toContain('Accept-Encoding')
    expect(await answer.text()).toBe(SCRIPT)
    const plain = await fetch(answer.url, { headers: { 'Accept-Encoding': 'identity' } })
    expect(plain.headers.get('content-encoding')).toBe(null)
    expect(await plain.text()).toBe(SCRIPT)
  })

  it.each([
    '/account/assets/index-old.js',
    '/account/../package.json',
    '/account/%2e%2e/package.json',
    '/account/assets/..%2findex.html',
  ])('outside of the build is not found: %s', async (path) => {
    expect((await fetch(server.url + path)).status).toBe(404)
  })

  it('accepts only GET and HEAD', async () => {
    const answer = await fetch(`${server.url}/account/sign-in`, { method: 'POST' })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
  })
})

describe('the settings', () => {
  it('tell only what the portal shows', async () => {
    const answer = await fetch(`${server.url}/account/config.json`)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.json()).toEqual({
      apiPath: '',
      cookieMode: false,
      emailVerification: 'none',
      namesRequired: true,
      oldPasswordRequired: true,
      logoutOnPasswordChange: true,
      sendsMail: false,
      mailboxPath: null,
      mfaMode: 'optional',
      bound: false,
      passkeysEnabled: true,
      providers: [{ id: 'google', name: 'Google' }],
      brand: { name: 'Latchkey', logoUrl: null, color: '#0d6157', supportUrl: null, appUrl: null },
    })
  })
})

describe('without a build', () => {
  it('a page says that the portal is not built, and names the same path of the development server', async () => {
    const answer = await fetch(`${unbuilt.url}/account/reset-password`)
    expect(answer.status).toBe(503)
    const page = await answer.text()
    expect(page).toContain('not built')
    expect(page).toContain('http://localhost:5173/account/reset-password')
  })
})
