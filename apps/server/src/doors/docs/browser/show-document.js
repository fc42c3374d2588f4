// The page at `/docs` draws the OpenAPI document.

const place = document.getElementById('api')

const dark = matchMedia('(prefers-color-scheme: dark)')
const followTheme = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', followTheme)
followTheme()

/**
 * What Swagger UI gives a plugin.
 *
 * @typedef {{ React: { createElement(type: string, props: null, text: string): object } }} System
 */

/**
 * Draws the path in the button of an operation as text. A link inside of a button is no control of its own.
 *
 * @param {unknown} _original
 * @param {System} system
 */
function drawPath(_original, { React }) {
  return (/** @type {{ text: string }} */ { text }) => React.createElement('span', null, text)
}

/** Parts that Swagger UI draws with a fault of accessibility. */
const accessible = () => ({
  wrapComponents: {
    DeepLink: drawPath,
    // There is one server, and the introduction names it. The select had no label.
    ServersContainer: () => () => null,
  },
})

/**
 * Attributes that Swagger UI leaves out, by selector. A function gets the element.
 *
 * @type {Record<string, Record<string, string | ((element: HTMLElement) => string)>>}
 */
const ATTRIBUTES = {
  '.information-container': { role: 'region', 'aria-label': 'About this API' },
  '.modal-ux': { role: 'dialog', 'aria-modal': 'true', 'aria-label': 'Authorization' },
  '.close-modal': { 'aria-label': 'Close' },
  '.auth-btn-wrapper button': { 'aria-label': (element) => element.textContent },
  '.responses-table[role]': { 'aria-label': (element) => `Responses of ${element.id}` },
  'textarea.body-param__text': { 'aria-label': 'Body' },
  // An example may be wider than its box, and the keyboard scrolls only what has the focus.
  'pre.example': { tabindex: '0' },
  'select.examples-select-element': { 'aria-label': 'Example' },
  '.parameters select': {
    'aria-label': (element) => element.closest('tr')?.dataset.paramName ?? 'Media type',
  },
}

function labelParts() {
  for (const [selector, attributes] of Object.entries(ATTRIBUTES)) {
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector))) {
      for (const [name, value] of Object.entries(attributes)) {
        const text = typeof value === 'function' ? value(element) : value
        // An attribute that is set again wakes the observer again.
        if (element.getAttribute(name) !== text) element.setAttribute(name, text)
      }
    }
  }
}
new MutationObserver(labelParts).observe(document.body, { childList: true, subtree: true })

/**
 * Gives the token of a sign-in on this page to its further calls.
 *
 * @param {{ ok: boolean, body?: { access?: unknown } }} response
 */
function keepToken(response) {
  const access = response.ok && response.body?.access
  if (typeof access === 'string') ui.preauthorizeApiKey('bearer', access)
  return response
}

// @ts-expect-error The bundle of Swagger UI defines this function. The page loads it first.
const ui = SwaggerUIBundle({
  url: place?.dataset.document,
  dom_id: '#api',
  deepLinking: true,
  plugins: [accessible],
  // The validator of Swagger UI is a server of another site.
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
  responseInterceptor: keepToken,
})
