import { pages } from '@latchkey/contract'
import { DomainError } from '@latchkey/core'
import { markAttempt } from '@latchkey/core/operations/social/attempt-secrets'
import { type FinishedRedirect, finishRedirect } from '@latchkey/core/operations/social/finish-redirect'
import { receivePostedReturn } from '@latchkey/core/operations/social/receive-posted-return'
import { startRedirect } from '@latchkey/core/operations/social/start-redirect'
import { answerNothing } from '../http/answers.ts'
import { isPrefetch } from '../http/is-prefetch.ts'
import { prefersPage } from '../http/prefers-page.ts'
import { readBody } from '../http/read-body.ts'
import { linkTo, providerAttemptPage, providerLinkPage } from './html/index.ts'
import { answerPage, answerRedirect, type View, type ViewRequest } from './view.ts'

/**
 * Sends a browser to a provider, and keeps the secret of the attempt in a cookie of its own.
 *
 * Browsers drop a `Lax` cookie that an answer to a fetch from another site sets, so only a navigation may begin.
 */
export const startSocialView: View = async (request) => {
  const { c, context } = request
  if (c.req.raw.method === 'HEAD') return answerNothing()
  requireNavigation(c.req.raw.headers)
  try {
    const { location, attempt } = await startRedirect(context.core, {
      provider: c.req.param('provider') ?? '',
      returnTo: readOnce(request, 'return_to'),
      codeChallenge: readOnce(request, 'code_challenge'),
      prompt: c.req.query('prompt'),
      loginHint: c.req.query('login_hint'),
    })
    if (attempt) context.cookies.attempts.set(context, { mark: attempt.mark, secret: attempt.browserSecret })
    return answerRedirect(location, 302)
  } catch (error) {
    return refuseStart(request, error)
  }
}

/** Takes a browser back from a provider, and sends it on to the app with a code. */
export const socialCallbackView: View = async (request) => {
  const { c, context } = request
  const { method, headers, url } = c.req.raw
  if (method === 'HEAD') return answerNothing()
  if (method === 'POST') return receivePosted(request)
  if (isPrefetch(headers)) throw new DomainError('unavailable')
  const parameters = new URL(url).searchParams
  const mark = markAttempt(parameters.get('state') ?? '')
  const browserSecret = context.cookies.attempts.read(context.request, mark)
  const provider = c.req.param('provider') ?? ''
  const finished = await finishRedirect(context.core, { provider, parameters, browserSecret })
  if (finished.location === null) return showNowhere(request, finished)
  context.cookies.attempts.clear(context.reply, mark)
  return answerRedirect(finished.location, 303)
}

/** What a provider posts is led on as a navigation of our own, because only that one has the cookie. */
async function receivePosted(request: ViewRequest): Promise<Response> {
  const { c, context, site } = request
  const provider = c.req.param('provider') ?? ''
  const parameters = new URLSearchParams(Buffer.from((await readBody(c.req.raw)) ?? []).toString())
  const query = await receivePostedReturn(context.core, { provider, parameters })
  if (query === null) return showNowhere(request, { location: null, reason: 'over' })
  const path = pages.socialCallback.path.replace('{provider}', encodeURIComponent(provider))
  return answerRedirect(`${linkTo({ ...site, asked: null }, path)}?${query}`, 303)
}

function requireNavigation(request: Headers): void {
  if (isPrefetch(request)) throw new DomainError('unavailable')
  const destination = request.get('sec-fetch-dest')
  if (destination === null || destination === 'document') return
  throw new DomainError('invalid', { detail: 'A browser has to open this address as a page of its own.' })
}

/** A parameter that is there twice could be read in two ways, so it counts as missing. */
function readOnce({ c }: ViewRequest, name: string): string | undefined {
  const values = new URL(c.req.raw.url).searchParams.getAll(name)
  return values.length === 1 ? values[0] : undefined
}

function refuseStart({ c, site }: ViewRequest, error: unknown): Promise<Response> {
  const isOfLink = error instanceof DomainError && error.code === 'invalid'
  if (!isOfLink || !prefersPage(c.req.raw.headers)) throw error
  return answerPage(site, providerLinkPage(site), { status: 400 })
}

function showNowhere(
  { site }: ViewRequest,
  { reason }: Extract<FinishedRedirect, { location: null }>,
): Promise<Response> {
  return answerPage(site, providerAttemptPage(site, reason), { status: 400 })
}
