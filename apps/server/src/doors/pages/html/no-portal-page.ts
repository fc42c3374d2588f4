import { html } from 'hono/html'
import { layout } from './layout.ts'
import type { Html, Site } from './site.ts'

/** The address of the portal under `npm run dev`, which serves it from its sources. */
const DEVELOPMENT_ORIGIN = 'http://localhost:5173'

/**
 * Tells a developer why the portal is not here, and where it is.
 *
 * The address is not a link. Our pages link to no other site, and in production the address does not exist.
 */
export function noPortalPage(site: Site, { path }: { path: string }): Html {
  const target = `${DEVELOPMENT_ORIGIN}${path === '/account' ? '/account/' : path}`
  return layout(site, {
    heading: 'The account portal is not built',
    icon: 'warning',
    content: html`<p>This server runs from its sources. With <code>npm run dev</code> the portal is at <bdi>${target}</bdi> and follows every change of its sources.</p>
<p><code>npm start</code> and <code>npm run build</code> build it; then it is served here.</p>`,
  })
}
