import { type ContractSettings, listPages, operations, type PageName, pages } from '@latchkey/contract'
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
  linkTo,
  linkToPortal,
  reopenLinkPage,
} from './html/index.ts'
import { createFindLanding } from './landing.ts'
import { createLinkView } from './link-view.ts'
import type { LogoFile } from './logo-file.ts'
import type { Places } from './places.ts'
import { createOpenResetView, createSetNewView, resetCompleteView, resetFormView } from './reset-views.ts'
import { socialCallbackView, startSocialView } from './social-views.ts'
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
        builtIn: (site) => linkToPortal(site, '/verified') ?? linkTo(site, pages.emailVerified.path),
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
        builtIn: (site) => linkToPortal(site, '/verified') ?? linkTo(site, pages.emailChanged.path),
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
    verificationSent: ({ site }) => answerPage(site, checkMailPage(site)),
    emailVerified: ({ site }) => answerPage(site, addressVerifiedPage(site)),
    emailChanged: ({ site }) => answerPage(site, addressChangedPage(site)),
    reopenVerification: ({ site }) => answerPage(site, reopenLinkPage(site)),
    reopenEmailChange: ({ site }) => answerPage(site, reopenLinkPage(site)),
    socialStart: startSocialView,
    socialCallback: socialCallbackView,
  }
}

/** A page that is not an operation has no procedure and no input. */
const NOTHING = async () => undefined

interface PagesOptions {
  places: Places
  prefix: string
  settings: ContractSettings
  /** The file of the operator's logo; null when there is none. */
  logo: LogoFile | null
  createContext: (c: AppContext) => RequestContext
}

/** Serves the pages and their files, at the root and under the prefix. */
export function mountPages(app: Hono<AppEnv>, options: PagesOptions): void {
  const { places, settings, createContext } = options
  const views = createPageViews(settings)
  const files = [...ASSETS, ...places.assets]
  for (const prefix of new Set(['', options.prefix])) {
    const place = places.at(prefix)
    for (const [name, { path, alsoPost }] of listPages(settings)) {
      const handle = async (c: AppContext) => {
        const context = createContext(c)
        await countAnonymousCall(context.core)
        const site = places.localize(place, c.req.raw)
        return views[name]({ c, context, site, call: NOTHING, readInput: NOTHING })
      }
      const methods = { GET: handle, ...(alsoPost && { POST: handle }) }
      addRoute(app, { path: prefix + toPattern(path), methods, place })
    }
    for (const { path, contentType, body } of files) {
      const headers = { ...ASSET_HEADERS, 'Content-Type': contentType }
      addRoute(app, { path: prefix + path, methods: { GET: () => new Response(body, { headers }) } })
    }
  }
  mountLogo(app, options.logo)
}

/** CSP: a picture of a vector format may contain scripts and addresses. Nothing in it runs, loads or is framed. */
const PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"

/** Serves the logo at the root alone, which is where its address leads. */
function mountLogo(app: Hono<AppEnv>, logo: LogoFile | null): void {
  if (logo === null) return
  const headers = {
    ...ASSET_HEADERS,
    'Content-Type': logo.contentType,
    'Content-Security-Policy': PICTURE_POLICY,
    // Mail programs and pages on other sites show the logo too.
    'Cross-Origin-Resource-Policy': 'cross-origin',
  }
  addRoute(app, { path: logo.path, methods: { GET: () => new Response(logo.body, { headers }) } })
}
