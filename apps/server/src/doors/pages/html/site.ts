import type { Brand } from '@latchkey/contract'
import type { HtmlEscapedString } from 'hono/utils/html'

/** The return value of a page function: markup in which every value is escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export interface Site {
  /** The name, the logo and the addresses of the operator. The address of the logo is a path of this origin. */
  brand: Brand
  /**
   * The path before every path of the site: that of `PUBLIC_URL` and the `REST_PREFIX` of the request. It is empty, or
   * begins with a slash and does not end with one (`/auth`).
   */
  basePath: string
}
