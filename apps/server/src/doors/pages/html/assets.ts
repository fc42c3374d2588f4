import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { STYLESHEET } from './stylesheet.ts'

export interface Asset {
  /** Path under the site's base path, carrying the hash of the content. */
  path: string
  contentType: string
  body: string
}

export const STYLESHEET_ASSET = toAsset('css', 'text/css; charset=utf-8', STYLESHEET)

export const PASSWORD_FORM_ASSET = readScript('password-form')

export const CONFIRM_ADDRESS_ASSET = readScript('confirm-address')

export const ASSETS: readonly Asset[] = [STYLESHEET_ASSET, PASSWORD_FORM_ASSET, CONFIRM_ADDRESS_ASSET]

/** Headers of an asset. Its path changes with its content, so a copy never has to be asked about again. */
export const ASSET_HEADERS = {
  'Cache-Control': 'public, max-age=31536000, immutable',
  'X-Content-Type-Options': 'nosniff',
} as const

/** Reads a script of the folder `browser/`. Browsers run it as it is written. The bundle has a copy of the folder. */
function readScript(name: string): Asset {
  const body = readFileSync(new URL(`./browser/${name}.js`, import.meta.url), 'utf8')
  return toAsset('js', 'text/javascript; charset=utf-8', body)
}

/** Makes an asset with the hash of its content in its path. */
export function toAsset(extension: string, contentType: string, body: string): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  return { path: `/assets/latchkey-${hash}.${extension}`, contentType, body }
}
