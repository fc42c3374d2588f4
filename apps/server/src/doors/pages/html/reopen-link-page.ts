import { html } from 'hono/html'
import { layout } from './layout.ts'
import type { Html, Site } from './site.ts'
import { wayOn } from './way-on.ts'

/**
 * Asks the reader to open the mailed link again. It answers a reload of the page with the button, because only the
 * mail has the key.
 */
export function reopenLinkPage(site: Site): Html {
  const { t } = site
  return layout(site, {
    heading: t('reopenLink.heading'),
    icon: 'mail',
    content: html`<p>${t('reopenLink.explanation')}</p>
<p class="muted">${t('reopenLink.alreadyDone')}</p>
${wayOn(site, { otherwise: 'goBack.close', isQuiet: true })}`,
  })
}
