import { PORTAL_PATH } from '@latchkey/contract'
import type { LanguageTag } from '@latchkey/languages'
import { html } from 'hono/html'
import { markAddress, type Place } from '../pages/html/index.ts'
import { placeWays } from './place-ways.ts'

interface Dress {
  /** The language of visitors whose browsers ask for none of ours. */
  defaultLanguage: LanguageTag
  /** The address of the built-in form for a new password; null when the operator replaced it. */
  resetForm: string | null
}

/**
 * Writes into the page of the portal where it is served and whose it is: the base path, the name in the title, the
 * icon, the stylesheet with the operator's colour, the language of the server, and the ways without JavaScript.
 *
 * The page is seen with them before its scripts have run. A page without one of the places stays as it is.
 */
export function dressIndex(page: string, place: Place, { defaultLanguage, resetForm }: Dress): string {
  const { brand, basePath, stylesheet } = place
  const attribute = new RegExp(`(=["'])${PORTAL_PATH}(?=[/"'])`, 'g')
  const icon = html`<link rel="icon" href="${brand.logoUrl ?? markAddress(brand.color)}">`
  const styles = stylesheet === null ? '' : html`<link rel="stylesheet" href="${basePath}${stylesheet}">`
  return placeWays(page, brand, resetForm)
    .replace(/(<meta name="latchkey-language" content=")[^"]*/, `$1${defaultLanguage}`)
    .replaceAll(attribute, `$1${basePath}${PORTAL_PATH}`)
    .replace(/(<title>[^<]*)Latchkey(?=<\/title>)/, (_, before: string) => `${before}${html`${brand.name}`}`)
    .replace(/<link rel="icon"[^>]*>/, () => String(icon))
    .replace(/\s*<\/head>/, (end) => `${styles}${end}`)
}
