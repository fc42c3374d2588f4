import { launchBrowser } from '@latchkey/testkit/browser'
import type { Page } from 'playwright-core'

/** A page of a Chromium of its own. */
export interface OpenedPage {
  page: Page
  /** The errors that its console shows, and those that no script has caught. */
  problems: string[]
  close(): Promise<void>
}

/**
 * Opens a page in a new Chromium.
 *
 * @param flags - further flags of its command line
 */
export async function openPage(flags: string[] = []): Promise<OpenedPage> {
  const browser = await launchBrowser(flags)
  // In a context of its own, a test can open further tabs.
  const page = await (await browser.newContext()).newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  return { page, problems, close: () => browser.close() }
}
