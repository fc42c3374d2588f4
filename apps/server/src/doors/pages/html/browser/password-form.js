// The form for a new password gets a box that shows the passwords, and feedback on the typed text.
// The page works without this script. It keeps room for everything that the script adds.

/** Feedback waits for a pause in typing. A screen reader would otherwise read out every keystroke. */
const PAUSE_MILLISECONDS = 400

/** @param {string} name */
function findField(name) {
  const field = document.getElementById(name)
  return field instanceof HTMLInputElement ? field : null
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement[]} fields
 */
function addBox(form, fields) {
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.id = 'show_passwords'
  const label = document.createElement('label')
  label.htmlFor = box.id
  label.textContent = 'Show passwords'
  form.querySelector('.check')?.append(box, label)
  const show = () => {
    for (const field of fields) field.type = box.checked ? 'text' : 'password'
  }
  box.addEventListener('change', show)
  // A browser offers to remember what was typed as text, so the fields are passwords again when they are sent.
  form.addEventListener('submit', () => {
    box.checked = false
    show()
  })
}

/** @param {HTMLInputElement} field */
function judge({ value: password, minLength }) {
  if (password === '') return ''
  const missing = minLength - Array.from(password.normalize('NFC')).length
  if (missing > 0) return `${missing} more character${missing === 1 ? '' : 's'} needed.`
  if (/^[0-9]+$/.test(password)) return 'Digits alone are easy to guess: add letters or words.'
  return missing > -6 ? 'Long enough. A longer one is stronger still.' : 'Good length.'
}

/**
 * @param {string} first
 * @param {string} second
 */
function compare(first, second) {
  if (first === '' || second === '') return ''
  return first === second ? 'Both are the same.' : 'Not the same yet.'
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
      if (line) line.textContent = describe()
    }, PAUSE_MILLISECONDS)
  }
}

const form = document.querySelector('form[data-password-form]')
const first = findField('new_password1')
const second = findField('new_password2')
if (form instanceof HTMLFormElement && first && second) {
  addBox(form, [first, second])
  const tellOfFirst = feedbackFor(first, () => judge(first))
  const tellOfSecond = feedbackFor(second, () => compare(first.value, second.value))
  first.addEventListener('input', tellOfFirst)
  for (const field of [first, second]) field.addEventListener('input', tellOfSecond)
}
