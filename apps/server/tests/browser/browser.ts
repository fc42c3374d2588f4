import { watchControls } from '@latchkey/testkit/browser'
import axe from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'

/** A page whose requests and complaints are recorded, with those of the pages it opens. */
export interface WatchedPage {
  page: Page
  /** Fails when a page asked another site, broke a policy, threw an error, or moved a control. */
  expectPeace(): void
  /** As {@link expectPeace}, on a page whose controls move when a part of it is opened. */
  expectNoComplaint(): void
}

/** Opens a page and records from its first request on. */
export async function openWatchedPage(context: BrowserContext, origin: string): Promise<WatchedPage> {
  const unsteady = await watchControls(context)
  const page = await context.newPage()
  const strangers: string[] = []
  const complaints: string[] = []
  context.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) strangers.push(url)
  })
  context.on('weberror', (error) => complaints.push(error.error().message))
  context.on('console', (message) => {
    // Chromium reports the 400 of a refused form. It also prints hints, which are not complaints.
    const isComplaint = ['error', 'warning'].includes(message.type()) && !/status of 400/.test(message.text())
    if (isComplaint) complaints.push(message.text())
  })
  const expectPeace = () =>
    expect({ strangers, complaints, unsteady }).toEqual({ strangers: [], complaints: [], unsteady: [] })
  const expectNoComplaint = () => expect({ strangers, complaints }).toEqual({ strangers: [], complaints: [] })
  return { page, expectPeace, expectNoComplaint }
}

/**
 * Fails when the page in its present state has a fault of accessibility.
 *
 * @param isMail - a mail is a part of the page of a mail program, so the rules for the landmarks of a page do not apply
 */
export async function expectAccessible(page: Page, { isMail = false } = {}): Promise<void> {
  // The script is evaluated and not added to the page, because the page's policy refuses foreign scripts.
  await page.evaluate(axe.source)
  const rules = { region: { enabled: !isMail }, 'landmark-one-main': { enabled: !isMail } }
  // A frame is tested as a page of its own: axe cannot enter a sandbox, and the browser complains when it tries.
  const options = { resultTypes: ['violations'], rules, iframes: false }
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(document, ${JSON.stringify(options)})`)
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
  await expectFitting(page)
}

/** Fails when a user has to scroll sideways. */
export async function expectFitting(page: Page): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
}
