import { findResetTarget, openResetLink } from '@latchkey/core'
import { type Refusal, toRefusal } from '../errors.ts'
import { answerJson } from '../http/answers.ts'
import {
  passwordResetCompletePage,
  passwordResetFormPage,
  passwordResetInvalidPage,
  type Site,
} from '../pages/index.ts'
import { answerPage, answerRedirect, type View, type ViewRequest } from './view.ts'

/** The path of the built-in form, below the prefix. */
export const RESET_FORM_PATH = '/password/reset/default/'
/** The path of the page behind the form, below the prefix. */
export const RESET_COMPLETE_PATH = '/password/reset/complete/'

/**
 * Makes the view of a mailed reset link: it opens the form, and consumes nothing however often it is followed.
 *
 * @param redirect - the operator's own form, or null for the built-in one
 */
export function createOpenResetView(redirect: string | null): View {
  return async ({ c, context, site }) => {
    const link = { uid: c.req.param('uidb64') ?? '', token: c.req.param('token') ?? '' }
    const cookie = await openResetLink(context.core, link)
    if (cookie === null) return answerPage(passwordResetInvalidPage(site))
    if (c.req.raw.method !== 'HEAD') context.cookies.reset.set(context.reply, cookie)
    return answerRedirect(redirect ?? site.basePath + RESET_FORM_PATH, 302)
  }
}

/** The built-in form, for whoever opened a link; for anybody else the notice that there is none. */
export const resetFormView: View = async (request) => showForm(request)

/** The page behind the form. */
export const resetCompleteView: View = async ({ site }) => answerPage(passwordResetCompletePage(site))

/**
 * The answer to a new password: JSON for a program; for a browser's form the next page, or the form with its errors.
 *
 * @param redirect - the operator's own form, or null for the built-in one
 */
export function createSetNewView(redirect: string | null): View {
  return async (request) => {
    if (!request.context.isForm) return answerJson(await request.call())
    try {
      await request.call()
    } catch (error) {
      return showRefusal(request, toRefusal(error), error)
    }
    return answerRedirect(completeTarget(request.site, redirect), 303)
  }
}

/** The complete page is built in; an operator with a form of its own has one, and ours is then not served. */
function completeTarget(site: Site, redirect: string | null): string {
  return redirect ?? site.basePath + RESET_COMPLETE_PATH
}

async function showRefusal(request: ViewRequest, refusal: Refusal, error: unknown): Promise<Response> {
  if (refusal.code === 'invalid') return showForm(request, refusal)
  if (refusal.status !== 401) throw error
  return answerPage(passwordResetInvalidPage(request.site), { status: 401 })
}

async function showForm({ context, site }: ViewRequest, refusal?: Refusal): Promise<Response> {
  const cookie = context.cookies.reset.read(context.request)
  const target = cookie === undefined ? null : await findResetTarget(context.core, { cookie })
  if (!target) return answerPage(passwordResetInvalidPage(site))
  const page = passwordResetFormPage(site, { email: target.user.email, errors: refusal?.fields })
  return answerPage(page, { status: refusal?.status })
}
