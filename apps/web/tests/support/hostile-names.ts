import type { Page } from 'playwright-core'

/** Names as long as the server accepts them, without a space, and names in another direction. */
export const HOSTILE_NAMES = {
  long: { first_name: 'W'.repeat(150), last_name: 'ß'.repeat(150) },
  'right-to-left': { first_name: 'אדה!', last_name: 'لوفلايس (🧑‍🚀🏳️‍🌈)' },
} as const

/** Makes up an address of 254 characters without a place to break. */
export function makeLongAddress(): string {
  const local = `${crypto.randomUUID().replaceAll('-', '')}${'w'.repeat(32)}`
  const labels = Array.from({ length: 3 }, () => 'd'.repeat(58))
  return `${local}@${labels.join('.')}.example.com`
}

/**
 * Finds what names do to the present page, in sentences.
 *
 * - A name makes the page wider than the window, or reaches out of it.
 * - A name stands in the text without isolation, so that its direction moves the punctuation around it.
 * - A name in a sentence begins a line of its own.
 *
 * @param names - the names and addresses to look for
 */
export function findNameFaults(page: Page, names: string[]): Promise<string[]> {
  return page.evaluate((wanted) => {
    const faults: string[] = []
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) faults.push(`the page has ${root.scrollWidth} pixels`)
    const describe = (element: Element) => `<${element.localName} class="${element.className}">`
    for (const element of document.body.querySelectorAll('*')) {
      const { left, right, width } = element.getBoundingClientRect()
      const isSeen = width > 1 && !element.closest('.unseen, .skip')
      if (isSeen && (left < -1 || right > root.clientWidth + 1))
        faults.push(`${describe(element)} reaches out`)
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (!parent || !wanted.some((name) => node?.textContent?.includes(name))) continue
      const isolating = parent.closest('bdi, option, script, [dir]:not(html)')
      if (!isolating) faults.push(`${describe(parent)} does not isolate its name`)
      const around = isolating?.parentElement
      const isInSentence = around && around.textContent?.trim() !== isolating.textContent?.trim()
      if (!isInSentence || /flex|grid/.test(getComputedStyle(around).display)) continue
      if (getComputedStyle(isolating).display !== 'inline')
        faults.push(`${describe(around)} is torn by its name`)
    }
    return faults
  }, names)
}
