import { html } from 'hono/html'
import { CONFIRM_ADDRESS_ASSET } from './assets.ts'
import { layout } from './layout.ts'
import { maskEmail } from './mask-email.ts'
import { type Html, linkTo, type Site } from './site.ts'

export interface ConfirmAddressData {
  /** `signup` confirms the address of a sign-up. `change` gives a user a new address. */
  purpose: 'signup' | 'change'
  /** The full address that the link was mailed to. The page shows it masked and contains it nowhere else. */
  email: string
  /** The path that the script puts into the address bar, below the base path of the site. It has no key. */
  cleanPath: string
}

const KEYS = { signup: 'confirmAddress.signUp', change: 'confirmAddress.change' } as const

/**
 * The page of `EMAIL_LINK_CONFIRMATION=button`. Mail scanners follow links and do not press buttons.
 *
 * The form has no `action`, so it posts to the address of the page. The page therefore does not contain the key.
 */
export function confirmAddressPage(site: Site, { purpose, email, cleanPath }: ConfirmAddressData): Html {
  const { t } = site
  return layout(site, {
    heading: t('confirmAddress.heading'),
    icon: 'mail',
    script: CONFIRM_ADDRESS_ASSET,
    content: html`<p>${t.rich(KEYS[purpose], { email: html`<bdi>${maskEmail(email)}</bdi>` })}</p>
<form method="post" data-clean-path="${linkTo(site, cleanPath)}"><button type="submit">${t('confirmAddress.button')}</button></form>
<p class="muted">${t('confirmAddress.notYou')}</p>`,
  })
}
