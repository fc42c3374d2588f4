import { type Capability, type Context, countAnonymousCall, DomainError } from '@latchkey/core'
import { answerRefusal } from '../http/answers.ts'
import { isPrefetch } from '../http/is-prefetch.ts'
import { prefersPage } from '../http/prefers-page.ts'
import { toRefusal } from '../refusals.ts'
import { confirmAddressPage, invalidLinkPage, type Site } from './html/index.ts'
import { answerPage, answerRedirect, type View, type ViewRequest } from './view.ts'

interface LinkViewOptions {
  purpose: 'signup' | 'change'
  /** Whether GET shows a button and only POST does the work. */
  button: boolean
  /** The path of the links without their key, below the prefix. */
  path: string
  target: (site: Site) => string
  /** Finds the link without using it. */
  find: (ctx: Context, key: string) => Promise<Capability | null>
}

/**
 * Makes the view of a mailed link that confirms an address.
 *
 * Only GET does the work of the link, or only POST with a button. HEAD does not, because mail scanners send it. A GET
 * that loads the link in advance is refused: a browser would keep a redirect for the click, and send no request then.
 */
export function createLinkView(options: LinkViewOptions): View {
  return async (request) => {
    const { method } = request.c.req.raw
    if (method === 'HEAD' || (options.button && method === 'GET')) return look(request, options)
    if (method === 'GET' && isPrefetch(request.c.req.raw.headers)) return refusePrefetch(request)
    try {
      await request.call()
    } catch (error) {
      return answerInvalid(request, error)
    }
    return answerRedirect(options.target(request.site), method === 'POST' ? 303 : 302)
  }
}

async function refusePrefetch({ context }: ViewRequest): Promise<never> {
  await countAnonymousCall(context.core)
  throw new DomainError('unavailable')
}

async function look({ c, context, site }: ViewRequest, options: LinkViewOptions): Promise<Response> {
  await countAnonymousCall(context.core)
  const link = await options.find(context.core, c.req.param('key') ?? '')
  if (!link) return answerInvalid({ c, site }, new DomainError('not_found'))
  const target = options.target(site)
  if (!options.button) return answerRedirect(target, 302)
  const page = confirmAddressPage(site, { purpose: options.purpose, cleanPath: options.path })
  return answerPage(page, { formTargets: [target] })
}

function answerInvalid(
  { c, site }: Pick<ViewRequest, 'c' | 'site'>,
  error: unknown,
): Response | Promise<Response> {
  // A malformed key is answered as an unknown one.
  if (!['not_found', 'invalid'].includes(toRefusal(error).code)) throw error
  if (!prefersPage(c.req.raw.headers)) return answerRefusal(toRefusal(new DomainError('not_found')))
  return answerPage(invalidLinkPage(site), { status: 404 })
}
