import type { Brand } from '@latchkey/contract'
import { html } from 'hono/html'

/**
 * Writes the name of the operator into the page of the portal for its scripts, and where a visitor without JavaScript
 * goes on. A page that an operator has built without these places stays as it is.
 */
export function placeWays(page: string, brand: Brand): string {
  return page
    .replace(/(<meta name="application-name" content=")(?=")/, (before) => `${before}${html`${brand.name}`}`)
    .replace('<!-- latchkey:ways -->', () => listWays(brand))
}

function listWays({ name, appUrl, supportUrl }: Brand): string {
  const app = appUrl && html`<p><a href="${appUrl}">Go to ${name}</a></p>`
  const support = supportUrl && html`<p><a href="${supportUrl}">Get help</a></p>`
  return `${app ?? ''}${support ?? ''}`
}
