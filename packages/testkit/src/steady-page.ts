import type { BrowserContext, Page } from 'playwright-core'

const SCRIPT = new URL('./browser/watch-controls.js', import.meta.url).pathname

/**
 * Watches every control of every page of a context: links, buttons, fields and labels.
 *
 * Each control is measured in every frame. From its first frame on, it must keep its place and its size, and no other
 * element may lie over it. A pointer that is about to press a control would miss it otherwise.
 *
 * @returns a sentence per control that moved, changed its size or was covered; the list grows while pages are used
 */
export async function watchControls(context: BrowserContext): Promise<readonly string[]> {
  const unsteady: string[] = []
  await context.exposeFunction('tellOfUnsteadyControl', (sentence: string) => {
    if (!unsteady.includes(sentence)) unsteady.push(sentence)
  })
  await context.addInitScript({ path: SCRIPT })
  return unsteady
}

/** Waits until the current state of the page is drawn and measured. */
export async function waitForFrames(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))',
  )
}
