import type { Page } from 'playwright-core'

/** The key of the chosen language in the storage of the browser. */
const CHOICE = 'latchkey.language'

/** Makes a page show a language from its first screen on. */
export async function speak(page: Page, language: string): Promise<void> {
  await page.addInitScript(([key, value]) => localStorage.setItem(key, value), [CHOICE, language] as const)
}

/**
 * Lists what a page shows or says without the brackets that the pseudo-locale `en-XA` puts around each sentence.
 *
 * What people have entered, codes, the names of languages and the name of the operator are in no catalogue.
 */
export function listUntranslated(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const DATA = 'bdi, code, time, option, script, style, noscript, span[dir="ltr"]'
    const isSentence = (text: string) => /^\[.*\]$/s.test(text.trim())
    const isCovered = (start: Element | null) => {
      for (
        let at = start;
        at !== null && !at.matches('main, nav, header, footer, body');
        at = at.parentElement
      )
        if (isSentence(at.textContent)) return true
      return false
    }
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.nodeValue?.trim() ?? ''
      const parent = node.parentElement
      if (text === '' || parent === null || !parent.checkVisibility() || parent.closest(DATA)) continue
      if (!isSentence(text) && !isCovered(parent)) found.push(text)
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], img[alt]')) {
      for (const name of ['aria-label', 'placeholder', 'alt']) {
        const text = element.getAttribute(name) ?? ''
        if (text !== '' && !isSentence(text)) found.push(`${name}: ${text}`)
      }
    }
    return found
  })
}

/** Lists the texts that have less room than they need: refusals of fields, and the name of the operator. */
export function listCut(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.field-error, .brand-name')]
      .filter((text) => text.scrollHeight > text.clientHeight + 1 || text.scrollWidth > text.clientWidth + 1)
      .map((text) => text.textContent),
  )
}
