import type { HtmlEscapedString } from 'hono/utils/html'

/** What a page function returns: markup in which every value has been escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export interface Site {
  /** The product name a visitor reads, in the header and in the title. */
  siteName: string
  /** `REST_PREFIX` as the request came in: empty, or with a leading and without a trailing slash (`/auth`). */
  basePath: string
}
