import { type ContractSettings, PORTAL_PATH, pages } from '@latchkey/contract'
import {
  findResetTarget,
  markSecret,
  markTarget,
  openResetLink,
} from '@latchkey/core/operations/password/open-reset-link'
import { answerJson, CHALLENGE } from '../http/answers.ts'
import { type Refusal, toRefusal } from '../refusals.ts'
import {
  linkTo,
  linkToPortal,
  maskEmail,
  passwordResetCompletePage,
  passwordResetFormPage,
  passwordResetInvalidPage,
  passwordResetOtherPage,
  type Site,
} from './html/index.ts'
import { createFindLanding, describeConfigured } from './landing.ts'
import { answerPage, answerRedirect, type View, type ViewRequest } from './view.ts'

/**
 * Makes the view of a mailed reset link. It opens the form, and it does not use up the link.
 *
 * A form on another site gets no cookie. Its address takes the reset token instead, which is what the cookie holds.
 */
export function createOpenResetView(settings: ContractSettings): View {
  const findLanding = createFindLanding(settings, {
    purpose: 'reset',
    configured: settings.passwordResetRedirect,
    builtIn: (site) => linkToPortal(site, '/reset-password') ?? linkTo(site, pages.resetForm.path),
  })
  return async (request) => {
    const { c, context, site } = request
    const link = { uid: c.req.param('uidb64') ?? '', token: c.req.param('token') ?? '' }
    const opened = await openResetLink(context.core, link)
    if (opened === null) return answerPage(site, passwordResetInvalidPage(site))
    const landing = findLanding(request)
    if (landing.takesToken) return answerRedirect(landing.withToken(opened), 302)
    if (c.req.raw.method !== 'HEAD') context.cookies.reset.set(context.reply, opened)
    if (!isFormOfPortal(landing.done)) return answerRedirect(landing.done, 302)
    const target = await findResetTarget(context.core, { token: opened })
    return answerRedirect(nameLink(landing.done, link.token, target?.user.email), 302)
  }
}

const PORTAL_FORM = `${PORTAL_PATH}/reset-password`

function isFormOfPortal(redirect: string): boolean {
  const [path = ''] = redirect.split('?', 1)
  return path.replace(/\/$/, '').endsWith(PORTAL_FORM) && !redirect.includes('#')
}

/** Tells the form of the portal after `#` which link and which account it is for. Browsers send that to no server. */
function nameLink(redirect: string, secret: string, email: string | undefined): string {
  const names = new URLSearchParams({ link: markSecret(secret) })
  if (email !== undefined) names.set('account', maskEmail(email))
  return `${redirect}#${names}`
}

/** The built-in form for a visitor with an opened link. Other visitors get the page of an invalid link. */
export const resetFormView: View = async (request) => showForm(request)

/** The page after the form. */
export const resetCompleteView: View = async ({ site, context }) =>
  answerPage(
    site,
    passwordResetCompletePage(site, { hasSecondSteps: context.core.config.mfaMode !== 'disabled' }),
  )

/** Answers a new password. A program gets JSON. A form gets the next page, or the form with its errors. */
export function createSetNewView(redirect: string | null): View {
  return async (request) => {
    if (!request.context.isForm) return answerJson(await request.call())
    try {
      await request.call()
    } catch (error) {
      return showRefusal(request, error, completeTarget(request.site, redirect))
    }
    return answerRedirect(completeTarget(request.site, redirect), 303)
  }
}

/** The address after the form: the operator's page when one is configured, else the built-in page. */
function completeTarget(site: Site, redirect: string | null): string {
  return describeConfigured(redirect, 'reset') ?? linkTo(site, pages.resetComplete.path)
}

async function showRefusal(request: ViewRequest, error: unknown, target: string): Promise<Response> {
  const refusal = toRefusal(error)
  if (refusal.code === 'invalid') return showForm(request, { refusal, target })
  if (refusal.code === 'other_link')
    return answerPage(request.site, passwordResetOtherPage(request.site), { status: refusal.status })
  if (refusal.status !== 401) throw error
  return refuseForm(request.site)
}

/** Refuses a form without an opened link, whatever its fields are. */
function refuseForm(site: Site): Promise<Response> {
  return answerPage(site, passwordResetInvalidPage(site), { status: 401, headers: CHALLENGE })
}

/** Shows the form again with its errors. The policy of the page allows the target of the next post. */
async function showForm(
  { context, site, readInput }: ViewRequest,
  again?: { refusal: Refusal; target: string },
): Promise<Response> {
  const opened = context.cookies.reset.readAll(context.request)
  const sent = await readInput()
  const token = readText(sent, 'token') || undefined
  const target = await findResetTarget(context.core, { opened, link: readText(sent, 'link'), token })
  if (!target) return again ? refuseForm(site) : answerPage(site, passwordResetInvalidPage(site))
  const page = passwordResetFormPage(site, {
    email: target.user.email,
    isInvitation: target.isInvitation,
    link: markTarget(target),
    token,
    errors: again?.refusal.fields,
  })
  return answerPage(site, page, { status: again?.refusal.status, formTargets: again && [again.target] })
}

/** A field that a refused form had sent, so that the form which is shown again is for the same link. */
function readText(input: unknown, name: 'link' | 'token'): string | undefined {
  const value = (input as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'string' ? value.trim() : undefined
}
