import { html } from 'hono/html'
import { CONFIRM_ADDRESS_ASSET } from './assets.ts'
import { layout } from './layout.ts'
import type { Html, Site } from './site.ts'

export interface ConfirmAddressData {
  /** `signup` confirms the address of a sign-up. `change` gives a user a new address. */
  purpose: 'signup' | 'change'
  /** The path that the script puts into the address bar, below the base path of the site. It has no key. */
  cleanPath: string
}

const SENTENCES = {
  signup: 'One more step: press the button to confirm that this address is yours and to finish signing up.',
  change:
    'One more step: press the button to confirm that this address is yours and to use it for your account.',
} as const

/**
 * The page of `EMAIL_LINK_CONFIRMATION=button`. Mail scanners follow links and do not press buttons.
 *
 * The form has no `action`, so it posts to the address of the page. The page therefore does not contain the key.
 */
export function confirmAddressPage(site: Site, { purpose, cleanPath }: ConfirmAddressData): Html {
  return layout(site, {
    heading: 'Confirm your address',
    icon: 'mail',
    script: CONFIRM_ADDRESS_ASSET,
    content: html`<p>${SENTENCES[purpose]}</p>
<form method="post" data-clean-path="${site.basePath}${cleanPath}"><button type="submit">Confirm my address</button></form>
<p class="muted">Not you? Close this page, and nothing happens.</p>`,
  })
}
