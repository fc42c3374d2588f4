import { html } from 'hono/html'
import { layout } from './layout.ts'
import type { Html, Site } from './site.ts'

/**
 * The 404 page of a link that confirms nothing, of a sign-up and of a change of address: one answer for unknown,
 * used, expired and overtaken ones, since a stranger must not learn which.
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
