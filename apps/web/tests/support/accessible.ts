import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const WIDTHS = [1200, 320]

/** Looks for what keeps people from using a page, in the state it is in and at every width. */
export async function expectAccessible(page: Page): Promise<void> {
  // Evaluated and not added as a script: the page's policy refuses scripts of others.
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
