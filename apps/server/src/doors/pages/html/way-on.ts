import { html } from 'hono/html'
import { type Html, linkToPortal, type Site } from './site.ts'

interface WayOn {
  /** The sentence of a server that has no portal and knows no app. Without it such a page ends. */
  otherwise?: 'goBack.signIn' | 'goBack.close' | 'home.nothingHere'
  /** Whether something else on the page is to be done first. */
  isQuiet?: boolean
}

/** Draws where a visitor goes from a page that is an end: to the sign-in of the portal, else to the operator's app. */
export function wayOn(site: Site, { otherwise, isQuiet = false }: WayOn = {}): Html {
  const { brand, t } = site
  const signIn = linkToPortal(site, '/sign-in')
  if (signIn !== null) return button(signIn, t('action.signIn'), isQuiet)
  if (brand.appUrl !== null) return wayToApp(site, brand.appUrl, isQuiet)
  return otherwise ? html`<p>${t(otherwise)}</p>` : html``
}

/** Draws the way to a new reset link: to the portal, which has a form for it, else to the operator's app. */
export function wayToNewLink(site: Site): Html {
  const address = linkToPortal(site, '/forgot-password')
  if (address !== null) return button(address, site.t('action.askForNewLink'), false)
  return wayOn(site)
}

function wayToApp({ brand, t }: Site, appUrl: string, isQuiet: boolean): Html {
  return button(appUrl, t.rich('action.backToApp', { name: html`<bdi>${brand.name}</bdi>` }), isQuiet)
}

function button(address: string, words: string | (string | Html)[], isQuiet: boolean): Html {
  return html`<p><a class="button${isQuiet ? ' quiet' : ''}" href="${address}">${words}</a></p>`
}
