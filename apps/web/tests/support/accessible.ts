import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const WIDTHS = [1200, 320]

/**
 * Expects that axe finds no violation in a page that has loaded everything, and that no width scrolls sideways.
 *
 * The states before that have a test of their own, `loading.test.ts`.
 */
export async function expectAccessible(page: Page): Promise<void> {
  // A form that waits for a dialog is busy as long as the dialog is open.
  await page.waitForFunction(() => document.querySelector('.loading, .rows[aria-busy="true"]') === null)
  // What begins to appear is looked at when it is there.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))
  await expectAccessibleNow(page)
}

/** As {@link expectAccessible}, in the present state of the page. */
export async function expectAccessibleNow(page: Page): Promise<void> {
  // axe is evaluated, because the Content-Security-Policy of the page refuses an added script.
  await page.evaluate(axe.source)
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 })
    const { violations } = await page.evaluate<axe.AxeResults>(
      'axe.run(document, { resultTypes: ["violations"] })',
    )
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  }
}
