import { PORTAL_PATH, pages } from '@latchkey/contract'
import { html } from 'hono/html'
import { markAddress, type Place } from '../pages/html/index.ts'
import { placeWays } from './place-ways.ts'

interface Dress extends Place {
  /** Whether the built-in form for a new password is served. */
  hasResetForm: boolean
}

/**
 * Writes into the page of the portal where it is served and whose it is: the base path, the name in the title, the
 * icon, and the stylesheet with the operator's colour.
 *
 * The page is seen with them before its scripts have run. A page without one of the places stays as it is.
 */
export function dressIndex(page: string, { brand, basePath, stylesheet, hasResetForm }: Dress): string {
  const attribute = new RegExp(`(=["'])${PORTAL_PATH}(?=[/"'])`, 'g')
  const icon = html`<link rel="icon" href="${brand.logoUrl ?? markAddress(brand.color)}">`
  const styles = stylesheet === null ? '' : html`<link rel="stylesheet" href="${basePath}${stylesheet}">`
  const formPath = hasResetForm ? basePath + pages.resetForm.path : null
  return placeWays(page, { brand, formPath })
    .replaceAll(attribute, `$1${basePath}${PORTAL_PATH}`)
    .replace(/(<title>[^<]*)Latchkey(?=<\/title>)/, (_, before: string) => `${before}${html`${brand.name}`}`)
    .replace(/<link rel="icon"[^>]*>/, () => String(icon))
    .replace(/\s*<\/head>/, (end) => `${styles}${end}`)
}
