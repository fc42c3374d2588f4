import type { BrowserContext, Page } from 'playwright-core'

const SCRIPT = new URL('./browser/watch-controls.js', import.meta.url).pathname

/**
 * Watches every control of every page of a context: links, buttons, fields and labels.
 *
 * Each one is looked at in each frame that is drawn, from the first on. Whatever is typed, refused or loaded, it must
 * stay where it was first seen and keep its size, and nothing may lie over it: under a pointer that is about to press
 * it, it would be gone.
 *
 * @returns what was seen to move, to shrink, to grow or to be covered, in words; it grows while the pages are used
 */
export async function watchControls(context: BrowserContext): Promise<readonly string[]> {
  const unsteady: string[] = []
  await context.exposeFunction('tellOfUnsteadyControl', (sentence: string) => {
    if (!unsteady.includes(sentence)) unsteady.push(sentence)
  })
  await context.addInitScript({ path: SCRIPT })
  return unsteady
}

/** Waits until what is there now was drawn and looked at. */
export async function waitForFrames(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))',
  )
}
