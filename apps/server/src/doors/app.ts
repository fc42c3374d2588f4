import type { Brand } from '@latchkey/contract'
import type { Core } from '@latchkey/core'
import { DomainError } from '@latchkey/core'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import { createRouter } from '../procedures/router.ts'
import { describeBrand } from './brand.ts'
import { type ContractConfig, readContractSettings } from './contract-settings.ts'
import { mountDocs } from './docs/mount.ts'
import { answerRefusal } from './http/answers.ts'
import type { AppContext, AppEnv } from './http/app-env.ts'
import { readPath } from './http/canonical-path.ts'
import { createCookies, type ResetCookie } from './http/cookies.ts'
import { createCors } from './http/cors.ts'
import type { TrustedProxies } from './http/forwarded.ts'
import { createClientReader } from './http/read-client.ts'
import { createOriginReporter } from './http/report-origins.ts'
import { reportOtherSite } from './http/report-other-site.ts'
import { createSameSiteCheck, type OwnSites } from './http/same-site.ts'
import { createEnvelope } from './http/wrap-request.ts'
import { mountMailbox } from './pages/mailbox-view.ts'
import { createOperationViews, mountPages, siteAt } from './pages/mount.ts'
import { answerRefusalPage, isForPerson } from './pages/refusal-view.ts'
import { isFormPost } from './pages/view.ts'
import { mountPortal } from './portal/mount.ts'
import { describePortal } from './portal/settings.ts'
import { toRefusal } from './refusals.ts'
import { mountRest } from './rest/mount.ts'
import { mountSystem } from './system.ts'
import type { RequestContext } from './trpc/base.ts'
import { mountTrpc } from './trpc/mount.ts'
import { describeFault } from './unavailable.ts'

export interface AppOptions {
  core: Core
  log: Logger
  config: ContractConfig &
    OwnSites & {
      /** The path of `publicUrl`: empty, or a path that begins with a slash and does not end with one. */
      basePath: string
      restPrefix: string
      brand: Brand
      resetCookie: ResetCookie
      refreshTokenLifetimeSeconds: number
      /** The developers' mailbox, or null when there is none. */
      mail: { mode: string; mailboxDir: string | null }
      /** The folder of the operator's own build of the portal; null for the built-in one. */
      portalDir: string | null
      production: boolean
      trustedProxies: TrustedProxies
    }
}

/** Puts the doors together: REST, tRPC, the documents and the health checks. */
export function createApp({ core, log, config }: AppOptions): Hono<AppEnv> {
  const settings = readContractSettings(config)
  const { basePath, restPrefix: prefix } = config
  const brand = describeBrand(config.brand)
  const router = createRouter(settings)
  const app = new Hono<AppEnv>({ getPath: readPath })
  const cookies = createCookies(config)
  const isSameSite = createSameSiteCheck(config)
  const requireSameSite =
    config.refreshCookie === null || config.production
      ? isSameSite
      : reportOtherSite(isSameSite, { log, sameSite: config.refreshCookie.sameSite })
  const readClient = createClientReader(config.trustedProxies)
  const createContext = (c: AppContext): RequestContext => {
    const reply = new Headers()
    c.set('reply', reply)
    return {
      core: core.context(readClient(c), log.child({ requestId: c.get('requestId') })),
      request: c.req.raw.headers,
      reply,
      isForm: isFormPost(c.req.raw),
      cookies,
      requireSameSite,
    }
  }
  const logFault = (c: AppContext, fault: unknown) =>
    log.error({ requestId: c.get('requestId'), fault: describeFault(fault) }, 'a request failed')

  const onRefused = config.production ? undefined : createOriginReporter(log, config.publicUrl)
  app.use(createEnvelope({ log, allowOrigin: createCors(config.corsOrigins, onRefused) }))
  app.onError((error, c) => {
    const refusal = toRefusal(error)
    if (refusal.fault !== undefined) logFault(c, refusal.fault)
    const site = c.get('site')
    if (site && isForPerson(c.req.raw)) return answerRefusalPage(site, refusal, c.get('requestId'))
    return answerRefusal(refusal)
  })
  app.notFound(() => answerRefusal(toRefusal(new DomainError('not_found'))))
  mountRest(app, { router, brand, basePath, prefix, createContext, views: createOperationViews(settings) })
  mountPages(app, { brand, basePath, prefix, createContext, settings })
  const guardPost = cookies.refresh ? requireSameSite : () => {}
  mountTrpc(app, { router, prefix, createContext, logFault, guardPost })
  mountSystem(app, { core, basePath })
  if (config.mail.mailboxDir !== null && !config.production) {
    mountMailbox(app, { mailboxDir: config.mail.mailboxDir, site: siteAt(brand, basePath) })
  }
  const portalSettings = describePortal(settings, { ...config, brand })
  mountPortal(app, { ...config, settings: portalSettings, site: siteAt(brand, basePath) })
  mountDocs(app, { router, basePath, publicUrl: config.publicUrl, settings })
  return app
}
