import { html } from 'hono/html'
import { layout } from './layout.ts'
import type { Html, Site } from './site.ts'

/**
 * The 404 page of an invalid link of a sign-up or of a change of address.
 *
 * Unknown, used, expired and replaced links have the same page, so that a stranger learns nothing from it.
 */
export function invalidLinkPage(site: Site): Html {
  return layout(site, {
    heading: 'This link does not work',
    icon: 'warning',
    content: html`<p>It may have expired, may have been used already, or may be missing a few characters from the mail.</p>
<p>If you have confirmed your address before, simply sign in. Otherwise ask for a new mail in the app you came from.</p>
<p class="muted">Copied it by hand? Open it from the mail instead, or copy it again in full.</p>`,
  })
}
