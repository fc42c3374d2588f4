// The form for a new password gets a box that shows the passwords, feedback on the typed text, and the sentences of a
// refusal before the form is sent. The page works without this script, and keeps room for everything that it adds.

/** Feedback waits for a pause in typing. A screen reader would otherwise read out every keystroke. */
const PAUSE_MILLISECONDS = 400

/**
 * @typedef {Record<'show' | 'digits' | 'almost' | 'good' | 'same' | 'notSame' | 'enter' | 'enterAgain' | 'tooShort' |
 * 'differ', string> & { missing: string[] }} Words
 */

/** @param {string} name */
function findField(name) {
  const field = document.getElementById(name)
  return field instanceof HTMLInputElement ? field : null
}

/**
 * Adds the box, and returns a function that hides the passwords again.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement[]} fields
 * @param {string} words
 */
function addBox(form, fields, words) {
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.id = 'show_passwords'
  const label = document.createElement('label')
  label.htmlFor = box.id
  label.textContent = words
  form.querySelector('.check')?.append(box, label)
  const show = () => {
    for (const field of fields) field.type = box.checked ? 'text' : 'password'
  }
  box.addEventListener('change', show)
  return () => {
    box.checked = false
    show()
  }
}

/** @param {HTMLInputElement} field */
function countMissing({ value, minLength }) {
  return minLength - Array.from(value.normalize('NFC')).length
}

/**
 * @param {HTMLInputElement} field
 * @param {Words} words
 */
function judge(field, words) {
  if (field.value === '') return ''
  const missing = countMissing(field)
  if (missing > 0) return words.missing[missing - 1] ?? ''
  if (/^[0-9]+$/.test(field.value)) return words.digits
  return missing > -6 ? words.almost : words.good
}

/**
 * @param {string} first
 * @param {string} second
 * @param {Words} words
 */
function compare(first, second, words) {
  if (first === '' || second === '') return ''
  return first === second ? words.same : words.notSame
}

/**
 * Makes a function that writes the feedback on a field after the next pause.
 *
 * @param {HTMLInputElement} field
 * @param {() => string} describe
 */
function feedbackFor(field, describe) {
  const line = field.parentElement?.querySelector('.feedback')
  let timer = 0
  return () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      // A refusal stays until the field changes.
      if (line && !field.hasAttribute('aria-invalid')) line.textContent = describe()
    }, PAUSE_MILLISECONDS)
  }
}

/**
 * Shows why a field is refused, in place of the feedback. An empty sentence takes the refusal away.
 *
 * @param {HTMLInputElement} field
 * @param {string} sentence
 */
function refuse(field, sentence) {
  const line = document.createElement('p')
  line.className = 'field-error'
  line.textContent = sentence
  document.getElementById(`${field.id}-error`)?.replaceChildren(...(sentence === '' ? [] : [line]))
  if (sentence === '') return field.removeAttribute('aria-invalid')
  field.setAttribute('aria-invalid', 'true')
  const feedback = field.parentElement?.querySelector('.feedback')
  if (feedback) feedback.textContent = ''
}

/**
 * @param {HTMLInputElement} first
 * @param {HTMLInputElement} second
 * @param {Words} words
 */
function findRefusals(first, second, words) {
  const ofFirst = first.value === '' ? words.enter : countMissing(first) > 0 ? words.tooShort : ''
  if (second.value === '') return [ofFirst, words.enterAgain]
  return [ofFirst, first.value === second.value ? '' : words.differ]
}

const form = document.querySelector('form[data-password-form]')
const first = findField('new_password1')
const second = findField('new_password2')
if (form instanceof HTMLFormElement && first && second) {
  /** @type {Words} */
  const words = JSON.parse(form.dataset.passwordForm ?? '')
  const fields = [first, second]
  const hide = addBox(form, fields, words.show)
  const tellOfFirst = feedbackFor(first, () => judge(first, words))
  const tellOfSecond = feedbackFor(second, () => compare(first.value, second.value, words))
  first.addEventListener('input', () => {
    for (const field of fields) refuse(field, '')
    tellOfFirst()
    tellOfSecond()
  })
  second.addEventListener('input', () => {
    refuse(second, '')
    tellOfSecond()
  })
  form.addEventListener('submit', (event) => {
    const sentences = findRefusals(first, second, words)
    for (const [index, field] of fields.entries()) refuse(field, sentences[index] ?? '')
    const refused = fields.find((_, index) => sentences[index] !== '')
    // A browser offers to remember what was typed as text, so the fields are passwords again when they are sent.
    if (!refused) return hide()
    event.preventDefault()
    refused.focus()
  })
}
