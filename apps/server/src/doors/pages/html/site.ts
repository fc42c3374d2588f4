import type { Brand } from '@latchkey/contract'
import type { LanguageTag, PseudoTag, Translator } from '@latchkey/languages'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Messages } from '../../../languages/generated/messages.ts'

/** The return value of a page function: markup in which every value is escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** Where pages are served, and whose pages they are. */
export interface Place {
  /** The name, the logo and the addresses of the operator. The address of the logo is a path of this origin. */
  brand: Brand
  /**
   * The path before every path of the site: that of `PUBLIC_URL` and the `REST_PREFIX` of the request. It is empty, or
   * begins with a slash and does not end with one (`/auth`).
   */
  basePath: string
  /** The path of the account portal; null when this server does not serve it. */
  portalPath: string | null
  /** The stylesheet with the operator's colour, below {@link basePath}; null for the colour of Latchkey. */
  stylesheet: string | null
}

/** A place as one visitor sees it. */
export interface Site extends Place {
  /** Writes the sentences in the language of the visitor. */
  t: Translator<Messages, Html>
  /** The language that the address asked for. Links to other pages ask for it too. Null: the browser decides. */
  asked: LanguageTag | PseudoTag | null
}

/** The name of the parameter that asks for a language. */
export const LANGUAGE_QUERY = 'lang'

/** Writes the address of a page of the site. */
export function linkTo(site: Site, path: string): string {
  return keepLanguage(site, site.basePath + path)
}

/** Writes the address of a screen of the portal, or null without a portal. */
export function linkToPortal(site: Site, screen: string): string | null {
  return site.portalPath === null ? null : keepLanguage(site, site.portalPath + screen)
}

function keepLanguage({ asked }: Site, address: string): string {
  return asked === null ? address : `${address}?${LANGUAGE_QUERY}=${asked}`
}
