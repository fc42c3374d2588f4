// On the page with the button: takes the key out of the address bar and out of the history of the tab.
// Without it the key stands there until the button is pressed: decision 045.

const form = document.querySelector('form[data-clean-path]')
if (form instanceof HTMLFormElement) {
  // First, since a form without an action goes wherever the address bar points.
  form.action = location.pathname
  history.replaceState(null, '', form.dataset.cleanPath)
}
