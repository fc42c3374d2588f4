import type { AppContext } from '../http/app-env.ts'
import { prefersPage } from '../http/prefers-page.ts'
import type { RequestContext } from '../trpc/base.ts'
import type { Html, Site } from './html/index.ts'
import { pageHeaders } from './html/index.ts'
import { PAGE_VARY } from './page-vary.ts'

export interface ViewRequest {
  c: AppContext
  context: RequestContext
  site: Site
  /** Calls the procedure of the path with the input of the request. */
  call: () => Promise<unknown>
  /** Reads the input of the request, which is read once for the procedure and the view. */
  readInput: () => Promise<unknown>
}

/** Answers an operation with a page or a redirect instead of JSON. */
export type View = (request: ViewRequest) => Promise<Response>

const FORM = /<form\b/

/** Answers with a page of a site. `formTargets` lists where its forms may redirect to, beside our own pages. */
export async function answerPage(
  { t }: Site,
  page: Html,
  options: { status?: number; formTargets?: string[]; headers?: Record<string, string> } = {},
): Promise<Response> {
  const body = String(await page)
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Language': t.language,
    Vary: PAGE_VARY,
    // Values in a page are escaped, so only a form of ours is found.
    ...pageHeaders({ formTargets: options.formTargets, hasForm: FORM.test(body) }),
    ...options.headers,
  }
  return new Response(body, { status: options.status ?? 200, headers })
}

/** Answers with a redirect that no cache keeps and that sends no referrer. */
export function answerRedirect(location: string, status: 302 | 303): Response {
  const headers = { Location: location, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }
  return new Response(null, { status, headers })
}

/** Returns whether a browser posted a form and shows the answer to a person. */
export function isFormPost(request: Request): boolean {
  const type = request.headers.get('content-type') ?? ''
  const isForm = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\s*(?:;|$)/i.test(type.trim())
  return isForm && prefersPage(request.headers)
}
