import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../src/process/config/index.ts'
import { call } from './call.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const PERSON = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
const INDEX = `<!doctype html>
<html lang="en"><head><title>Your account · Latchkey</title>
<link rel="icon" href="data:,x"><link rel="stylesheet" href="/account/assets/index.css">
</head><body></body></html>`

let folder: string
let server: TestServer
let logoPath: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-brand-'))
  await writeFile(join(folder, 'logo.svg'), SVG)
  await writeFile(join(folder, 'index.html'), INDEX)
  const { config } = loadConfig({
    PUBLIC_URL: 'https://auth.example.com',
    APP_NAME: 'Orchard & Co. <Ltd>',
    APP_LOGO: join(folder, 'logo.svg'),
    APP_COLOR: '#6d28d9',
    APP_URL: 'https://app.example.com/',
    SUPPORT_URL: 'mailto:help@example.com',
  })
  logoPath = config.logo?.path ?? ''
  const { brand, logo } = config
  server = await startTestServer({ app: { brand, logo, portalDir: folder, portalServed: true } })
})
afterAll(async () => {
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

const get = (path: string, headers: Record<string, string> = PERSON) => call(server.url + path, { headers })

describe('the logo', () => {
  it('is served with the hash in its path, for ever, to other sites and to mail programs too', async () => {
    const answer = await get(logoPath)
    expect(answer).toMatchObject({ status: 200, text: SVG })
    expect(answer.headers.get('content-type')).toBe('image/svg+xml')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  })

  it('runs nothing and loads nothing, also when it is opened by itself', async () => {
    const { headers } = await get(logoPath)
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('the portal', () => {
  it('has the name, the icon and the colour before its scripts run', async () => {
    const { text, headers } = await get('/account/sign-in')
    expect(text).toContain('<title>Your account · Orchard &amp; Co. &lt;Ltd&gt;</title>')
    expect(text).toContain(`<link rel="icon" href="${logoPath}">`)
    const [, styles = ''] = /<link rel="stylesheet" href="(\/assets\/[^"]+)">/.exec(text) ?? []
    const sheet = await get(styles)
    expect(sheet.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(sheet.text).toContain('--accent: #6d28d9')
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
  })

  it('reads the brand from its settings', async () => {
    expect((await get('/account/config.json')).body).toMatchObject({
      brand: {
        name: 'Orchard & Co. <Ltd>',
        logoUrl: logoPath,
        color: '#6d28d9',
        supportUrl: 'mailto:help@example.com',
        appUrl: 'https://app.example.com/',
      },
    })
  })
})

describe('an unknown path', () => {
  it.each(['/nowhere', '/registration/nowhere/', '/account/x.html', '/auth/account/x.html', '/%F0%9F%92%A9'])(
    '%s is a page with a way on for a browser, and JSON for a program',
    async (path) => {
      const page = await get(path)
      expect(page.status).toBe(404)
      expect(page.text).toContain('<h1>This page does not exist</h1>')
      expect(page.text).toContain('href="/account/sign-in"')
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
      const json = await get(path, { accept: '*/*' })
      expect(json).toMatchObject({ status: 404, body: { detail: 'Not found.', code: 'not_found' } })
    },
  )
})

describe('the root without a portal', () => {
  let bare: TestServer
  beforeAll(async () => {
    bare = await startTestServer()
  })
  afterAll(() => bare?.close())

  it('says what this is, and leads developers on', async () => {
    const { status, text } = await call(bare.url, { headers: PERSON })
    expect(status).toBe(200)
    expect(text).toContain('<h1><bdi>Latchkey</bdi></h1>')
    expect(text).toContain('href="/docs"')
    expect(text).toContain('href="/account/"')
    expect((await call(bare.url)).body).toMatchObject({ name: 'Latchkey' })
  })
})

describe('the language of a page', () => {
  const read = async (path: string, headers: Record<string, string> = {}) => {
    const { text, headers: sent } = await get(path, { ...PERSON, ...headers })
    const [, lang, dir] = /<html lang="([^"]*)" dir="([^"]*)">/.exec(text) ?? []
    expect(sent.get('content-language')).toBe(lang)
    expect(sent.get('vary')).toContain('Accept-Language')
    return { lang, dir, text }
  }

  it('is that of the address, else that of the browser, else English', async () => {
    expect(await read('/nowhere')).toMatchObject({ lang: 'en', dir: 'ltr' })
    expect(await read('/nowhere', { 'accept-language': 'tlh, xx;q=0.5' })).toMatchObject({ lang: 'en' })
    const mirrored = await read('/nowhere?lang=ar-XB', { 'accept-language': 'en' })
    expect(mirrored).toMatchObject({ lang: 'ar-XB', dir: 'rtl' })
    expect(mirrored.text).toContain('href="/account/sign-in?lang=ar-XB"')
  })

  it('is kept by the redirect to the portal', async () => {
    const answer = await get('/?lang=en')
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/account/?lang=en'])
  })
})
