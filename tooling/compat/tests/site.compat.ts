import { existsSync, globSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { launchBrowser } from '@latchkey/testkit/browser'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildSite } from '../../site/src/build-site.ts'
import { listPages } from '../../site/src/pages.ts'
import { type SiteServer, serveSite } from '../../site/src/serve-site.ts'

/** Pages with each kind of content: lists, tables, code, a picture, long tables. */
const PAGES = ['', 'guides/deployment', 'guides/react', 'architecture', 'contract', 'configuration']

let parent: string
let folder: string
let server: SiteServer
let browser: Browser
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'latchkey-site-'))
  folder = join(parent, 'latchkey')
  await buildSite({ folder, base: '/latchkey/' })
  server = await serveSite(parent, 0)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  if (parent) await rm(parent, { recursive: true, force: true })
})

/** Opens a page of the site. `strangers` are the URLs outside of the site that were asked for. */
async function openPage(path: string, look: Parameters<Browser['newContext']>[0] = {}) {
  const context = await browser.newContext(look)
  const strangers: string[] = []
  const complaints: string[] = []
  context.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${server.url}latchkey/`) && !url.startsWith('data:')) strangers.push(url)
  })
  context.on('weberror', (error) => complaints.push(String(error.error())))
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  const page = await context.newPage()
  await page.goto(`${server.url}latchkey/${path}`, { waitUntil: 'load' })
  return { page, strangers, complaints, close: () => context.close() }
}

async function listViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<axe.AxeResults>(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

describe('the files of the site', () => {
  const readHtml = (file: string) => readFileSync(join(folder, file), 'utf8')

  test('are one page for each page of the side bar', () => {
    for (const place of listPages().values())
      expect(existsSync(join(folder, place.replace(/\.md$/, '.html'))), place).toBe(true)
  })

  test('have no link that leads nowhere, and no anchor that is missing', () => {
    const dead: string[] = []
    for (const file of globSync('**/*.html', { cwd: folder })) {
      for (const [, href = ''] of readHtml(file).matchAll(/<a [^>]*?href="([^"]+)"/g)) {
        if (/^\w+:/.test(href)) continue
        const { pathname, hash } = new URL(href, `http://site/latchkey/${file}`)
        const path = decodeURI(pathname)
          .replace(/^\/latchkey\//, '')
          .replace(/(^|\/)$/, '$1index.html')
        const isThere = pathname.startsWith('/latchkey/') && existsSync(join(folder, path))
        const id = decodeURIComponent(hash.slice(1))
        const hasAnchor = isThere && (id === '' || readHtml(path).includes(`id="${id}"`))
        if (!hasAnchor) dead.push(`${file}: ${href}`)
      }
    }
    expect(dead).toEqual([])
  })

  test('name no address that a browser would load something from', () => {
    const loaded = globSync('**/*.{html,css}', { cwd: folder }).flatMap((file) =>
      [
        ...readHtml(file).matchAll(
          /(?:\bsrc="|<link[^>]+href="|@import |url\(["']?)(?:https?:)?\/\/[^"')]*/g,
        ),
      ].map(([text]) => `${file}: ${text}`),
    )
    expect(loaded).toEqual([])
  })

  test('contain the files that pages link to', () => {
    for (const file of ['apps/server/openapi.json', 'docs/guides/journey.py'])
      expect(existsSync(join(folder, 'files', file)), file).toBe(true)
  })
})

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  test.each([390, 1280])(
    'axe finds no violation at %i pixels, and the site asks no other server',
    async (width) => {
      for (const path of PAGES) {
        const look = { colorScheme, viewport: { width, height: 900 } }
        const { page, strangers, complaints, close } = await openPage(path, look)
        await page.getByRole('heading', { level: 1 }).first().waitFor()
        await page.waitForLoadState('networkidle')
        expect(await listViolations(page), path).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), path).toBe(true)
        expect({ strangers, complaints }, path).toEqual({ strangers: [], complaints: [] })
        await close()
      }
    },
  )

  test('the search finds a setting and leads to its page, and axe finds no violation in it', async () => {
    const { page, strangers, complaints, close } = await openPage('', { colorScheme })
    await page.getByRole('button', { name: 'Search' }).first().click()
    await page.getByRole('searchbox').fill('TRUSTED_PROXIES')
    const result = page.getByRole('dialog', { name: 'Search' }).getByRole('link').first()
    await result.waitFor()
    expect(await listViolations(page)).toEqual([])
    await result.click()
    await page.waitForURL(/\/latchkey\/.+#/)
    expect({ strangers, complaints }).toEqual({ strangers: [], complaints: [] })
    await close()
  })
})

test('a reader moves from page to page by the side bar', async () => {
  const { page, close } = await openPage('', { viewport: { width: 1280, height: 900 } })
  await page.getByRole('navigation').getByRole('link', { name: 'Upgrade', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Upgrade' }).waitFor()
  expect(dirname(new URL(page.url()).pathname)).toBe('/latchkey/guides')
  await close()
})
