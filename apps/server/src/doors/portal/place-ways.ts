import type { Brand } from '@latchkey/contract'
import { html } from 'hono/html'

/**
 * Writes the name of the operator into the page of the portal for its scripts, and where a visitor without JavaScript
 * goes on. A page that an operator has built without these places stays as it is.
 *
 * @param resetForm - the form that needs no JavaScript, for a visitor whom a reset link led here; null without one
 */
export function placeWays(page: string, brand: Brand, resetForm: string | null): string {
  return page
    .replace(/(<meta name="application-name" content=")(?=")/, (before) => `${before}${html`${brand.name}`}`)
    .replace('<!-- latchkey:ways -->', () => listWays(brand, resetForm))
}

function listWays({ name, appUrl, supportUrl }: Brand, resetForm: string | null): string {
  const form =
    resetForm &&
    html`<p>Did you open a link to choose a password? <a href="${resetForm}">Choose it without JavaScript</a></p>`
  const app = appUrl && html`<p><a href="${appUrl}">Go to ${name}</a></p>`
  const support = supportUrl && html`<p><a href="${supportUrl}">Get help</a></p>`
  return `${form ?? ''}${app ?? ''}${support ?? ''}`
}
