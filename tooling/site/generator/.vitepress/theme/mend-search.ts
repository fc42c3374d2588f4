/** The attributes that say something wrong, by the parts of the search that have them. */
const WRONG: [string, string[]][] = [
  // A button that owns a list. It is a dialog.
  ['.VPLocalSearchBox', ['aria-expanded', 'aria-haspopup', 'aria-owns', 'aria-labelledby']],
  // Options around links. They are a list of links.
  ['#localsearch-list[role]', ['role', 'aria-labelledby']],
  ['#localsearch-list > li', ['role', 'aria-selected']],
  ['#localsearch-list a', ['aria-label']],
]
const RIGHT: [string, Record<string, string>][] = [
  ['.VPLocalSearchBox', { role: 'dialog', 'aria-modal': 'true', 'aria-label': 'Search' }],
  ['.VPLocalSearchBox kbd[aria-label]', { role: 'img' }],
]

/** Keeps the search of the generator described rightly, from its opening on. */
export function mendSearch(): void {
  new MutationObserver(mend).observe(document, { childList: true, subtree: true, attributes: true })
}

function mend(): void {
  for (const [selector, names] of WRONG)
    for (const part of document.querySelectorAll(selector))
      for (const name of names) if (part.hasAttribute(name)) part.removeAttribute(name)
  for (const [selector, attributes] of RIGHT)
    for (const part of document.querySelectorAll(selector))
      for (const [name, value] of Object.entries(attributes))
        if (part.getAttribute(name) !== value) part.setAttribute(name, value)
}
