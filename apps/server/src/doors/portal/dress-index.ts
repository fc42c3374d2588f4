import { type Brand, PORTAL_PATH } from '@latchkey/contract'
import { html } from 'hono/html'
import { markAddress, type Place } from '../pages/html/index.ts'

/**
 * Writes into the page of the portal where it is served and whose it is: the base path, the name, the icon, the
 * stylesheet with the operator's colour, and where a visitor without JavaScript goes on.
 *
 * The page is seen with them before its scripts have run. A page of an operator without one of the places stays as it is.
 */
export function dressIndex(page: string, { brand, basePath, stylesheet }: Place): string {
  const attribute = new RegExp(`(=["'])${PORTAL_PATH}(?=[/"'])`, 'g')
  const name = String(html`${brand.name}`)
  const icon = html`<link rel="icon" href="${brand.logoUrl ?? markAddress(brand.color)}">`
  const styles = stylesheet === null ? '' : html`<link rel="stylesheet" href="${basePath}${stylesheet}">`
  return page
    .replaceAll(attribute, `$1${basePath}${PORTAL_PATH}`)
    .replace(/(<meta name="application-name" content=")(?=")/, (before) => before + name)
    .replace(/<title>Your account(?=<\/title>)/, (before) => `${before} · ${name}`)
    .replace(/<link rel="icon" href="data:[^>]*>/, () => String(icon))
    .replace('<!-- latchkey:ways -->', () => listWays(brand))
    .replace(/\s*<\/head>/, (end) => `${styles}${end}`)
}

function listWays({ name, appUrl, supportUrl }: Brand): string {
  const app = appUrl && html`<p><a href="${appUrl}">Go to ${name}</a></p>`
  const support = supportUrl && html`<p><a href="${supportUrl}">Get help</a></p>`
  return `${app ?? ''}${support ?? ''}`
}
