import { html } from 'hono/html'
import { layout } from './layout.ts'
import { type Html, linkTo, linkToPortal, type Site } from './site.ts'
import { wayOn } from './way-on.ts'

export interface HomeData {
  /** The paths for developers, below the base path; null in production. */
  forDevelopers: { docs: string; portal: string; mailbox: string | null } | null
}

/** The page of the root: what this server is, and where to go. A server with a portal leads to the portal instead. */
export function homePage(site: Site, { forDevelopers }: HomeData): Html {
  const { brand, t } = site
  return layout(site, {
    heading: brand.name,
    content: html`<p>${t.rich('home.explanation', { name: html`<bdi class="name">${brand.name}</bdi>` })}</p>
${wayOn(site, { otherwise: 'home.nothingHere' })}
${forDevelopers && listLinks(site, forDevelopers)}`,
  })
}

function listLinks(site: Site, { docs, portal, mailbox }: NonNullable<HomeData['forDevelopers']>): Html {
  const { t } = site
  return html`<h2>${t('home.forDevelopers')}</h2>
<ul>
<li><a href="${linkTo(site, docs)}">${t('home.linkDocs')}</a></li>
${mailbox && html`<li><a href="${linkTo(site, mailbox)}">${t('home.linkMailbox')}</a></li>`}
${linkToPortal(site, '/') === null && html`<li><a href="${linkTo(site, portal)}">${t('home.linkPortal')}</a></li>`}
</ul>`
}
