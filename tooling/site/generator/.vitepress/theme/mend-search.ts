/** The generator calls its search a button with a list. It is a dialog. */
const WRONG = ['aria-expanded', 'aria-haspopup', 'aria-owns', 'aria-labelledby']

/** Describes the search rightly when it opens. */
export function mendSearch(): void {
  new MutationObserver(() => {
    const box = document.querySelector('.VPLocalSearchBox[role=button]')
    if (!box) return
    box.setAttribute('role', 'dialog')
    box.setAttribute('aria-modal', 'true')
    box.setAttribute('aria-label', 'Search')
    for (const name of WRONG) box.removeAttribute(name)
  }).observe(document, { childList: true, subtree: true })
}
