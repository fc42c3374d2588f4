import { createHash } from 'node:crypto'
import { CONFIRM_ADDRESS_SCRIPT } from './confirm-address-script.ts'
import { PASSWORD_FORM_SCRIPT } from './password-form-script.ts'
import { STYLESHEET } from './stylesheet.ts'

export interface Asset {
  /** Path under the site's base path, carrying the hash of the content. */
  path: string
  contentType: string
  body: string
}

export const STYLESHEET_ASSET = toAsset('css', 'text/css; charset=utf-8', STYLESHEET)

export const PASSWORD_FORM_ASSET = toAsset('js', 'text/javascript; charset=utf-8', PASSWORD_FORM_SCRIPT)

export const CONFIRM_ADDRESS_ASSET = toAsset('js', 'text/javascript; charset=utf-8', CONFIRM_ADDRESS_SCRIPT)

export const ASSETS: readonly Asset[] = [STYLESHEET_ASSET, PASSWORD_FORM_ASSET, CONFIRM_ADDRESS_ASSET]

/** Headers of an asset. Its path changes with its content, so a copy never has to be asked about again. */
export const ASSET_HEADERS = {
  'Cache-Control': 'public, max-age=31536000, immutable',
  'X-Content-Type-Options': 'nosniff',
} as const

function toAsset(extension: string, contentType: string, body: string): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  return { path: `/assets/latchkey-${hash}.${extension}`, contentType, body }
}
