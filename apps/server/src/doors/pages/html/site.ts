import type { HtmlEscapedString } from 'hono/utils/html'

/** The return value of a page function: markup in which every value is escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export interface Site {
  /** The product name, in the header and in the title. */
  siteName: string
  /** `REST_PREFIX` of the request: empty, or a path that begins with a slash and does not end with one (`/auth`). */
  basePath: string
}
