import type { Brand } from '@latchkey/contract'
import { html } from 'hono/html'

/**
 * Writes the brand into the page of the portal: its title, its name for the browser, and where a visitor without
 * JavaScript goes on. A page that an operator has built without these places stays as it is.
 */
export function placeBrand(page: string, brand: Brand): string {
  const name = String(html`${brand.name}`)
  return page
    .replace(/(<meta name="application-name" content=")(?=")/, (before) => before + name)
    .replace(/<title>Your account(?=<\/title>)/, (before) => `${before} · ${name}`)
    .replace('<!-- latchkey:ways -->', () => listWays(brand))
}

function listWays({ name, appUrl, supportUrl }: Brand): string {
  const app = appUrl && html`<p><a href="${appUrl}">Go to ${name}</a></p>`
  const support = supportUrl && html`<p><a href="${supportUrl}">Get help</a></p>`
  return `${app ?? ''}${support ?? ''}`
}
