import { html } from 'hono/html'
import { CONFIRM_ADDRESS_ASSET } from './assets.ts'
import { layout } from './layout.ts'
import type { Html, Site } from './site.ts'

export interface ConfirmAddressData {
  /** `signup` confirms the address of a new account, `change` moves an account to a new address. */
  purpose: 'signup' | 'change'
  /** What the script leaves in the address bar, below the site's base path: a page without a key. */
  cleanPath: string
}

const SENTENCES = {
  signup: 'One more step: press the button to confirm that this address is yours and to finish signing up.',
  change:
    'One more step: press the button to confirm that this address is yours and to use it for your account.',
} as const

/**
 * The page of `EMAIL_LINK_CONFIRMATION=button`: a mail scanner follows links, but presses no buttons.
 *
 * The form has no `action`: it posts to the address it was opened at, and the page does not repeat the key.
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
