import { countAnonymousCall, findEmailChangeLink, findVerificationLink } from '@latchkey/core'
import type { Hono } from 'hono'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { addRoute } from '../http/routes.ts'
import type { RequestContext } from '../trpc/procedures.ts'
import {
  ASSET_HEADERS,
  ASSETS,
  addressChangedPage,
  addressVerifiedPage,
  checkMailPage,
  reopenLinkPage,
  type Site,
} from './html/index.ts'
import { createLinkView } from './link-view.ts'
import {
  createOpenResetView,
  createSetNewView,
  RESET_COMPLETE_PATH,
  RESET_FORM_PATH,
  resetCompleteView,
  resetFormView,
} from './reset-views.ts'
import { answerPage, type View } from './view.ts'

const VERIFICATION_PATH = '/registration/verification/'
const CHANGE_PATH = '/email/change/confirm/'
const VERIFIED_PATH = '/registration/verified/'
const CHANGED_PATH = '/email/change/complete/'

export interface ViewOptions {
  restPrefix: string
  emailVerification: 'none' | 'optional' | 'mandatory'
  emailVerifiedRedirect: string | null
  passwordResetRedirect: string | null
  emailLinkButton: boolean
}

/** The procedures whose REST answer may be a page, by their dotted name. */
export function createProcedureViews(options: ViewOptions): Record<string, View> {
  const { emailVerifiedRedirect: verified, emailLinkButton: button } = options
  return {
    'registration.verify': createLinkView({
      purpose: 'signup',
      path: VERIFICATION_PATH,
      button,
      target: (site) => verified ?? site.basePath + VERIFIED_PATH,
      find: findVerificationLink,
    }),
    'email.confirmChange': createLinkView({
      purpose: 'change',
      path: CHANGE_PATH,
      button,
      target: (site) => verified ?? site.basePath + CHANGED_PATH,
      find: findEmailChangeLink,
    }),
    'password.setNew': createSetNewView(options.passwordResetRedirect),
  }
}

/** The pages that are no procedure, by their path; those an operator replaced are not there. */
export function createPageViews(options: ViewOptions): Record<string, View> {
  const isVerifying = options.emailVerification !== 'none'
  return {
    '/password/reset/confirm/:uidb64/:token': createOpenResetView(options.passwordResetRedirect),
    ...(options.passwordResetRedirect === null && {
      [RESET_FORM_PATH]: resetFormView,
      [RESET_COMPLETE_PATH]: resetCompleteView,
    }),
    ...(isVerifying && {
      '/registration/account_email_verification_sent/': ({ site }) => answerPage(checkMailPage(site)),
    }),
    ...(isVerifying &&
      options.emailVerifiedRedirect === null && {
        [VERIFIED_PATH]: ({ site }) => answerPage(addressVerifiedPage(site)),
      }),
    ...(options.emailVerifiedRedirect === null && {
      [CHANGED_PATH]: ({ site }) => answerPage(addressChangedPage(site)),
    }),
    ...(options.emailLinkButton && isVerifying && { [VERIFICATION_PATH]: reopenLinkView }),
    ...(options.emailLinkButton && { [CHANGE_PATH]: reopenLinkView }),
  }
}

const reopenLinkView: View = ({ site }) => answerPage(reopenLinkPage(site))

interface PagesOptions {
  prefix: string
  views: Record<string, View>
  createContext: (c: AppContext) => RequestContext
}

/** Serves the pages and what they load, at the root and under the prefix. */
export function mountPages(app: Hono<AppEnv>, { prefix, views, createContext }: PagesOptions): void {
  for (const basePath of new Set(['', prefix])) {
    const site = siteAt(basePath)
    for (const [path, view] of Object.entries(views)) {
      const handle = async (c: AppContext) => {
        const context = createContext(c)
        await countAnonymousCall(context.core)
        return view({ c, context, site, call: async () => undefined })
      }
      addRoute(app, { path: basePath + path.replace(/\/$/, ''), methods: { GET: handle }, site })
    }
    for (const { path, contentType, body } of ASSETS) {
      const headers = { ...ASSET_HEADERS, 'Content-Type': contentType }
      addRoute(app, { path: basePath + path, methods: { GET: () => new Response(body, { headers }) } })
    }
  }
}

/** The site as pages know it that are served below a path. */
export function siteAt(basePath: string): Site {
  return { siteName: 'Latchkey', basePath }
}
