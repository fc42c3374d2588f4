import { html } from 'hono/html'
import { layout } from './layout.ts'
import type { Html, Site } from './site.ts'

/** Tells whoever loads the page with the button again, or goes back to it, that its key is in the mail alone. */
export function reopenLinkPage(site: Site): Html {
  return layout(site, {
    heading: 'Open the link again',
    icon: 'mail',
    content: html`<p>The link was taken out of the address of this page, so that nobody reads it there. Open it from the mail again, and press the button.</p>
<p class="muted">Have you pressed the button already? Then you are done, and can close this page.</p>`,
  })
}
