import { launchBrowser, waitForFrames } from '@latchkey/testkit/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ASSETS, mailFrameHeaders, pageHeaders } from '../../src/doors/pages/html/index.ts'
import { listPageShapes } from '../page-shapes.ts'
import { openWatchedPage } from './browser.ts'

const ORIGIN = 'https://auth.example.com'
const SHAPES = listPageShapes({
  text: 'Ada Lovelace',
  errors: {
    new_password2: ['This password is too common.', 'This password is entirely numeric.'],
  },
})
const REFUSED = Object.keys(SHAPES).filter((name) => name.endsWith(' refused'))

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** Answers every request of a context: with a page, with what it loads, or with nothing. */
async function servePages(context: BrowserContext): Promise<void> {
  await context.route(`${ORIGIN}/**`, async (route) => {
    const path = decodeURIComponent(new URL(route.request().url()).pathname)
    const asset = ASSETS.find((one) => path === `/auth${one.path}`)
    if (asset) return route.fulfill({ body: asset.body, contentType: asset.contentType })
    const page = SHAPES[path.slice(1)]
    const headers = page ? pageHeaders({ frames: true }) : mailFrameHeaders()
    await route.fulfill({
      body: String((await page?.()) ?? ''),
      headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' },
    })
  })
}

/** Types into every field, leaves it, ticks every box, and waits for what the page says to that. */
async function fillEverything(page: Page): Promise<void> {
  for (const input of await page.locator('input:visible').all()) {
    if ((await input.getAttribute('type')) === 'checkbox') await input.check()
    else await input.fill('12345678')
    await input.blur()
  }
  await expect.poll(() => page.locator('.feedback:empty').count()).toBe(0)
}

/** Where every link, button and field stands on the page, by what it is for. The page may be scrolled. */
async function readPlaces(page: Page): Promise<Record<string, unknown>> {
  const places: [string, unknown][] = await page.evaluate(`
    [...document.querySelectorAll('main :is(a, button, input:not([type=hidden]), label):not([role=alert] *)')].map((control) => {
      const { x, y, width, height } = control.getBoundingClientRect()
      return [control.id || control.textContent, { x, y: y + scrollY, width, height }]
    })`)
  return Object.fromEntries(places)
}

describe.each([
  ['a desktop', { width: 1280, height: 800 }],
  ['a phone', { width: 390, height: 844 }],
])('on %s', (_name, viewport) => {
  it.each(Object.keys(SHAPES))(
    'nothing to press moves when %s is loaded, typed into and left',
    async (name) => {
      const context = await browser.newContext({ viewport })
      await servePages(context)
      const { page, expectPeace } = await openWatchedPage(context, ORIGIN)
      await page.goto(`${ORIGIN}/${name}`)
      await fillEverything(page)
      await waitForFrames(page)
      expectPeace()
      await context.close()
    },
  )

  it.each(REFUSED)('everything to press on %s is where it was before', async (name) => {
    const context = await browser.newContext({ viewport })
    await servePages(context)
    const page = await context.newPage()
    await page.goto(`${ORIGIN}/${name.replace(' refused', '')}`)
    const places = await readPlaces(page)
    await page.goto(`${ORIGIN}/${name}`)
    expect(await readPlaces(page)).toEqual(places)
    expect(Object.keys(places)).toContain('Set new password')
    await context.close()
  })
})
