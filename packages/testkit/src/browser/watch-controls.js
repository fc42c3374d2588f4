// Runs in every document of a watched context, from its start, and reports each control that moves or is covered.

/** @typedef {{ left: number, top: number, width: number, height: number }} Box */

const CONTROLS = 'a[href], button, input, select, textarea, summary, label'
/** A smaller difference is invisible, and a pointer still hits the control. */
const TOLERANCE_PIXELS = 0.5

/** The place of each control in the last frame. @type {Map<Element, Box>} */
let known = new Map()
/** @type {Set<string>} */
const told = new Set()

/** @param {Element} element */
function describe(element) {
  const words = element.id || element.getAttribute('name') || (element.textContent ?? '').trim().slice(0, 40)
  return `${element.localName} "${words}"`
}

/**
 * Measures the place of an element in the document, so that a scrolled window moves no element.
 *
 * @param {Element} element
 * @returns {Box}
 */
function measure(element) {
  const { left, top, width, height } = element.getBoundingClientRect()
  return { left: left + scrollX, top: top + scrollY, width, height }
}

/** Lists the controls that can be pressed: not hidden, not outside the page, not behind a dialog. */
function listControls() {
  // The one that confirms the user stands last in the page, and opens over the others.
  const dialog = [...document.querySelectorAll('dialog:modal')].at(-1)
  return [...(dialog ?? document).querySelectorAll(CONTROLS)].filter((element) => {
    const { left, top, width, height } = measure(element)
    const isOnPage = width > 0 && height > 0 && left + width > 0 && top + height > 0
    return isOnPage && element.checkVisibility({ visibilityProperty: true })
  })
}

/** @param {Box} a @param {Box} b */
function isSame(a, b) {
  const pairs = [
    [a.left, b.left],
    [a.top, b.top],
    [a.width, b.width],
    [a.height, b.height],
  ]
  return pairs.every(([one = 0, other = 0]) => Math.abs(one - other) <= TOLERANCE_PIXELS)
}

/** @param {Box} box */
function print({ left, top, width, height }) {
  return [left, top, width, height].map((pixels) => Math.round(pixels * 10) / 10).join(' ')
}

/**
 * Answers whether a point of an element was scrolled out of a box around the element.
 *
 * @param {Element} element @param {number} x @param {number} y
 */
function isScrolledAway(element, x, y) {
  for (let box = element.parentElement; box !== null; box = box.parentElement) {
    const { left, top, right, bottom } = box.getBoundingClientRect()
    const isInside = x >= left && x <= right && y >= top && y <= bottom
    if (!isInside && getComputedStyle(box).overflowY !== 'visible') return true
  }
  return false
}

/** Finds the element over the middle of a control; null when the control is free. @param {Element} element */
function findCover(element) {
  const { left, top, width, height } = element.getBoundingClientRect()
  const [x, y] = [left + width / 2, top + height / 2]
  const hit = isScrolledAway(element, x, y) ? null : document.elementFromPoint(x, y)
  return hit === null || hit.contains(element) || element.contains(hit) ? null : hit
}

function look() {
  const controls = listControls()
  const next = new Map(controls.map((element) => [element, measure(element)]))
  for (const [element, box] of next) {
    const before = known.get(element)
    const name = describe(element)
    if (before && !isSame(before, box)) tell(`${name} went from ${print(before)} to ${print(box)}`)
    const cover = findCover(element)
    if (cover) tell(`${name} lies under ${describe(cover)}`)
  }
  known = next
  requestAnimationFrame(look)
}

/** @param {string} sentence */
function tell(sentence) {
  if (told.has(sentence)) return
  told.add(sentence)
  // @ts-expect-error `watchControls` adds this function to the page.
  window.tellOfUnsteadyControl(`${location.pathname}: ${sentence}`)
}

if (window === top) {
  // A window of another size has another layout.
  addEventListener('resize', () => known.clear())
  requestAnimationFrame(look)
}
