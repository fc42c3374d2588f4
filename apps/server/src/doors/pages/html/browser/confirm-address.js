// The page with the button loses the key from the address bar and from the history of the tab.
// Without this script the key stays there until the button is pressed: decision 045.

const form = document.querySelector('form[data-clean-path]')
if (form instanceof HTMLFormElement) {
  // This comes first, because a form without an action is sent to the address in the address bar.
  form.action = location.pathname + location.search
  history.replaceState(null, '', form.dataset.cleanPath)
}
