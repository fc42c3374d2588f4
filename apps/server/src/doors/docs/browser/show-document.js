// The page at `/docs` draws the OpenAPI document.

const place = document.getElementById('api')

const dark = matchMedia('(prefers-color-scheme: dark)')
const followTheme = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', followTheme)
followTheme()

/**
 * Parts that Swagger UI draws with a fault of accessibility.
 *
 * @type {() => { wrapComponents: Record<string, (original: unknown, system: { React: { createElement: Function } }) => unknown> }}
 */
const accessible = () => ({
  wrapComponents: {
    // A link inside of a button is no control of its own.
    DeepLink: (_original, { React }) => {
      return (/** @type {{ text: unknown }} */ { text }) => React.createElement('span', null, text)
    },
    // There is one server, and the introduction names it. The select had no label.
    ServersContainer: () => () => null,
  },
})

/**
 * Attributes that Swagger UI leaves out, by selector. A function gets the element.
 *
 * @type {Record<string, Record<string, string | ((element: Element) => string | null)>>}
 */
const ATTRIBUTES = {
  '.information-container': { role: 'region', 'aria-label': 'About this API' },
  '.modal-ux': { role: 'dialog', 'aria-modal': 'true', 'aria-label': 'Authorization' },
  '.close-modal': { 'aria-label': 'Close' },
  '.auth-btn-wrapper button': { 'aria-label': (element) => element.textContent },
  '.responses-table[role]': { 'aria-label': (element) => `Responses of ${element.id}` },
  'textarea.body-param__text': { 'aria-label': 'Body' },
  'select.examples-select-element': { 'aria-label': 'Example' },
  '.parameters select': {
    'aria-label': (element) => element.closest('tr')?.getAttribute('data-param-name') ?? 'Media type',
  },
}

function labelParts() {
  for (const [selector, attributes] of Object.entries(ATTRIBUTES)) {
    for (const element of document.querySelectorAll(selector)) {
      for (const [name, value] of Object.entries(attributes)) {
        const text = typeof value === 'function' ? value(element) : value
        // An attribute that is set again wakes the observer again.
        if (text !== null && element.getAttribute(name) !== text) element.setAttribute(name, text)
      }
    }
  }
}
new MutationObserver(labelParts).observe(document.body, { childList: true, subtree: true })

// @ts-expect-error The bundle of Swagger UI defines this function. The page loads it first.
const ui = SwaggerUIBundle({
  url: place?.dataset.document,
  dom_id: '#api',
  deepLinking: true,
  plugins: [accessible],
  // The validator of Swagger UI is a server of another site.
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
  // A sign-in on this page gives the token that its further calls send.
  responseInterceptor: (/** @type {{ ok: boolean, body?: { access?: unknown } }} */ response) => {
    const access = response.ok && response.body?.access
    if (typeof access === 'string') ui.preauthorizeApiKey('bearer', access)
    return response
  },
})
