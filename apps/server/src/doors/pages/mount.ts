import {
  type Brand,
  type ContractSettings,
  listPages,
  operations,
  type PageName,
  pages,
} from '@latchkey/contract'
import { countAnonymousCall } from '@latchkey/core'
import { findEmailChangeLink } from '@latchkey/core/operations/email/confirm-email-change'
import { findVerificationLink } from '@latchkey/core/operations/registration/verify-email'
import type { Hono } from 'hono'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { addRoute, toPattern } from '../http/routes.ts'
import type { RequestContext } from '../trpc/base.ts'
import {
  ASSET_HEADERS,
  ASSETS,
  addressChangedPage,
  addressVerifiedPage,
  checkMailPage,
  reopenLinkPage,
  type Site,
} from './html/index.ts'
import { createFindLanding } from './landing.ts'
import { createLinkView } from './link-view.ts'
import { createOpenResetView, createSetNewView, resetCompleteView, resetFormView } from './reset-views.ts'
import { answerPage, type View } from './view.ts'

/** The operations whose REST answer may be a page, by the dotted name of their procedure. */
export function createOperationViews(settings: ContractSettings): Record<string, View> {
  const { emailVerifiedRedirect: configured, emailLinkButton: button } = settings
  return {
    [operations.verifyEmail.procedure]: createLinkView({
      purpose: 'signup',
      path: pages.reopenVerification.path,
      button,
      findLanding: createFindLanding(settings, {
        purpose: 'signup',
        configured,
        builtIn: (site) => site.basePath + pages.emailVerified.path,
      }),
      find: findVerificationLink,
    }),
    [operations.confirmEmailChange.procedure]: createLinkView({
      purpose: 'change',
      path: pages.reopenEmailChange.path,
      button,
      findLanding: createFindLanding(settings, {
        purpose: 'change',
        configured,
        builtIn: (site) => site.basePath + pages.emailChanged.path,
      }),
      find: findEmailChangeLink,
    }),
    [operations.setNewPassword.procedure]: createSetNewView(settings.passwordResetRedirect),
  }
}

/** The view of each page that is not an operation. */
function createPageViews(settings: ContractSettings): Record<PageName, View> {
  return {
    openResetLink: createOpenResetView(settings),
    resetForm: resetFormView,
    resetComplete: resetCompleteView,
    verificationSent: ({ site }) => answerPage(checkMailPage(site)),
    emailVerified: ({ site }) => answerPage(addressVerifiedPage(site)),
    emailChanged: ({ site }) => answerPage(addressChangedPage(site)),
    reopenVerification: ({ site }) => answerPage(reopenLinkPage(site)),
    reopenEmailChange: ({ site }) => answerPage(reopenLinkPage(site)),
  }
}

/** A page that is not an operation has no procedure and no input. */
const NOTHING = async () => undefined

interface PagesOptions {
  brand: Brand
  basePath: string
  prefix: string
  settings: ContractSettings
  createContext: (c: AppContext) => RequestContext
}

/** Serves the pages and their files, at the root and under the prefix. */
export function mountPages(app: Hono<AppEnv>, options: PagesOptions): void {
  const { settings, createContext } = options
  const views = createPageViews(settings)
  for (const prefix of new Set(['', options.prefix])) {
    const site = siteAt(options.brand, options.basePath + prefix)
    for (const [name, { path }] of listPages(settings)) {
      const handle = async (c: AppContext) => {
        const context = createContext(c)
        await countAnonymousCall(context.core)
        return views[name]({ c, context, site, call: NOTHING, readInput: NOTHING })
      }
      addRoute(app, { path: prefix + toPattern(path), methods: { GET: handle }, site })
    }
    for (const { path, contentType, body } of ASSETS) {
      const headers = { ...ASSET_HEADERS, 'Content-Type': contentType }
      addRoute(app, { path: prefix + path, methods: { GET: () => new Response(body, { headers }) } })
    }
  }
}

/** The site of the pages below a path. */
export function siteAt(brand: Brand, basePath: string): Site {
  return { brand, basePath }
}
