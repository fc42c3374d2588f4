import type { Brand } from '@latchkey/contract'
import { html } from 'hono/html'

/** Where a visitor goes on. */
interface Ways {
  brand: Brand
  /**
   * The built-in form for a new password, which needs no script; null where an operator has replaced it. The cookie of an
   * opened link works there too.
   */
  formPath: string | null
}

/**
 * Writes the name of the operator into the page of the portal for its scripts, and where a visitor without JavaScript
 * goes on. A page that an operator has built without these places stays as it is.
 */
export function placeWays(page: string, { brand, formPath }: Ways): string {
  return page
    .replace(/(<meta name="application-name" content=")(?=")/, (before) => `${before}${html`${brand.name}`}`)
    .replace('<!-- latchkey:ways -->', () => listWays({ brand, formPath }))
}

function listWays({ brand: { name, appUrl, supportUrl }, formPath }: Ways): string {
  const form =
    formPath &&
    html`<p>Did you open a link for a new password? <a href="${formPath}">Choose it without JavaScript</a></p>`
  const app = appUrl && html`<p><a href="${appUrl}">Go to ${name}</a></p>`
  const support = supportUrl && html`<p><a href="${supportUrl}">Get help</a></p>`
  return `${form ?? ''}${app ?? ''}${support ?? ''}`
}
