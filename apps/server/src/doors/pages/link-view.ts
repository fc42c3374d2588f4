import type { LinkPurpose } from '@latchkey/contract'
import { type Capability, type Context, countAnonymousCall, DomainError } from '@latchkey/core'
import { answerRefusal } from '../http/answers.ts'
import { isPrefetch } from '../http/is-prefetch.ts'
import { namesJson, prefersPage } from '../http/prefers-page.ts'
import { toRefusal } from '../refusals.ts'
import { confirmAddressPage, invalidLinkPage } from './html/index.ts'
import type { FindLanding, Landing } from './landing.ts'
import { answerPage, answerRedirect, type View, type ViewRequest } from './view.ts'

interface LinkViewOptions {
  purpose: Exclude<LinkPurpose, 'reset'>
  /** Whether GET shows a button and only POST does the work. */
  button: boolean
  /** The path of the links without their key, below the prefix. */
  path: string
  findLanding: FindLanding
  /** Finds the link without using it. */
  find: (ctx: Context, key: string) => Promise<Capability | null>
}

/**
 * Makes the view of a mailed link that confirms an address.
 *
 * Only GET does the work of the link, or only POST with a button. HEAD does not, because mail scanners send it. A
 * request that loads the link in advance is refused: a browser would keep a redirect for the click, and send no request
 * then.
 *
 * A landing that takes the secret does the work by itself. Its GET only leads on, except for a program that asks for
 * JSON, which is how the landing does the work.
 */
export function createLinkView(options: LinkViewOptions): View {
  return async (request) => {
    const { method, headers } = request.c.req.raw
    const landing = options.findLanding(request)
    const isGet = method === 'GET'
    if (method === 'HEAD' || (isGet && landing.takesToken && !isForProgram(headers)))
      return look(request, options, landing)
    if (isGet && options.button) return look(request, options, { ...landing, takesToken: false })
    if (isPrefetch(headers)) return refusePrefetch(request)
    try {
      await request.call()
    } catch (error) {
      return answerInvalid(request, error)
    }
    return answerRedirect(landing.done, method === 'POST' ? 303 : 302)
  }
}

function isForProgram(headers: Headers): boolean {
  return namesJson(headers) && !prefersPage(headers)
}

async function refusePrefetch({ context }: ViewRequest): Promise<never> {
  await countAnonymousCall(context.core)
  throw new DomainError('unavailable')
}

/** Finds out whether a link works, and leads on or shows the button. Changes nothing. */
async function look(
  { c, context, site }: ViewRequest,
  options: LinkViewOptions,
  landing: Landing,
): Promise<Response> {
  await countAnonymousCall(context.core)
  const key = c.req.param('key') ?? ''
  const link = await options.find(context.core, key)
  if (!link) return answerInvalid({ c, site }, new DomainError('not_found'))
  if (landing.takesToken) return answerRedirect(landing.withToken(key), 302)
  if (!options.button) return answerRedirect(landing.done, 302)
  const page = confirmAddressPage(site, {
    purpose: options.purpose,
    email: link.email,
    cleanPath: options.path,
  })
  return answerPage(site, page, { formTargets: [landing.done] })
}

function answerInvalid(
  { c, site }: Pick<ViewRequest, 'c' | 'site'>,
  error: unknown,
): Response | Promise<Response> {
  // A malformed key is answered as an unknown one.
  if (!['not_found', 'invalid'].includes(toRefusal(error).code)) throw error
  if (!prefersPage(c.req.raw.headers)) return answerRefusal(toRefusal(new DomainError('not_found')))
  return answerPage(site, invalidLinkPage(site), { status: 404 })
}
