import { html } from 'hono/html'
import { layout } from './layout.ts'
import type { Html, Site } from './site.ts'

/**
 * Asks the reader to open the mailed link again. It answers a reload of the page with the button, because only the
 * mail has the key.
 */
export function reopenLinkPage(site: Site): Html {
  return layout(site, {
    heading: 'Open the link again',
    icon: 'mail',
    content: html`<p>The link was taken out of the address of this page, so that nobody reads it there. Open it from the mail again, and press the button.</p>
<p class="muted">Have you pressed the button already? Then you are done, and can close this page.</p>`,
  })
}
