import { html } from 'hono/html'
import { layout } from './layout.ts'
import type { Html, Site } from './site.ts'
import { wayOn } from './way-on.ts'

/**
 * The 404 page of an invalid link of a sign-up or of a change of address.
 *
 * Unknown, used, expired and replaced links have the same page, so that a stranger learns nothing from it.
 */
export function invalidLinkPage(site: Site): Html {
  const { t } = site
  return layout(site, {
    heading: t('invalidLink.heading'),
    icon: 'warning',
    content: html`<p>${t('invalidLink.reasons')}</p>
<p>${t('invalidLink.alreadyConfirmed')}</p>
${wayOn(site, { otherwise: 'goBack.signIn' })}
<p class="muted">${t('invalidLink.copied')}</p>`,
  })
}
