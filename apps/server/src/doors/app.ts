import type { Core, CoreConfig } from '@latchkey/core'
import { DomainError } from '@latchkey/core'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import { createRouter } from '../procedures/router.ts'
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
import { mountMetrics } from './metrics.ts'
import { createHomeView } from './pages/home-view.ts'
import type { Place } from './pages/html/index.ts'
import type { LogoFile } from './pages/logo-file.ts'
import { mountMailbox } from './pages/mailbox-view.ts'
import { createOperationViews, mountPages } from './pages/mount.ts'
import { createPlaces, type PlaceConfig } from './pages/places.ts'
import { answerRefusalPage, isForPerson } from './pages/refusal-view.ts'
import { isFormPost } from './pages/view.ts'
import { mountPasskeyFiles, type PasskeyFileConfig } from './passkey-files.ts'
import { mountPortal } from './portal/mount.ts'
import { describePortal } from './portal/settings.ts'
import { type Refusal, toRefusal } from './refusals.ts'
import { mountRest } from './rest/mount.ts'
import { mountSystem } from './system.ts'
import { NO_TELEMETRY, type Telemetry } from './telemetry/telemetry.ts'
import type { RequestContext } from './trpc/base.ts'
import { mountTrpc } from './trpc/mount.ts'
import { describeFault } from './unavailable.ts'

export interface AppOptions {
  core: Core
  log: Logger
  /** Who is told of the calls; nobody unless given. */
  telemetry?: Telemetry
  config: ContractConfig &
    OwnSites &
    PasskeyFileConfig &
    PlaceConfig & {
      /** The file of the operator's logo; null when there is none. */
      logo: LogoFile | null
      restPrefix: string
      resetCookie: ResetCookie
      refreshTokenLifetimeSeconds: number
      mfaMode: CoreConfig['mfaMode']
      /** The developers' mailbox, or null when there is none. */
      mail: { mode: string; mailboxDir: string | null }
      /** The folder of the operator's own build of the portal; null for the built-in one. */
      portalDir: string | null
      trustedProxies: TrustedProxies
      /** The share of successes that get a line in the log, from 0 to 1. */
      logSampleSuccess: number
    }
}

/** Puts the doors together: REST, tRPC, the documents and the health checks. */
export function createApp({ core, log, config, telemetry = NO_TELEMETRY }: AppOptions): Hono<AppEnv> {
  const settings = readContractSettings(config)
  const { basePath, restPrefix: prefix } = config
  const places = createPlaces(config)
  const root = places.at('')
  const router = createRouter(settings)
  const app = new Hono<AppEnv>({ getPath: readPath })
  const cookies = createCookies(config)
  const isSameSite = createSameSiteCheck(config)
  const requireSameSite =
    config.refreshCookie === null || config.production
      ? isSameSite
      : reportOtherSite(isSameSite, { log, sameSite: config.refreshCookie.sameSite })
  const readClient = createClientReader(config)
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
      visit: c.get('visit'),
    }
  }
  const logFault = (c: AppContext, fault: unknown) =>
    log.error({ requestId: c.get('requestId'), fault: describeFault(fault) }, 'a request failed')

  const showRefusal = (c: AppContext, place: Place, refusal: Refusal) =>
    answerRefusalPage(places.localize(place, c.req.raw), refusal, c.get('requestId'))
  const onRefused = config.production ? undefined : createOriginReporter(log, config.publicUrl)
  app.use(
    createEnvelope({
      log,
      telemetry,
      allowOrigin: createCors(config.corsOrigins, onRefused),
      trustedProxies: config.trustedProxies,
      sampleSuccess: config.logSampleSuccess,
      proofNonce: core.proofNonce,
    }),
  )
  app.onError((error, c) => {
    const refusal = toRefusal(error)
    c.get('visit').code = refusal.code
    if (refusal.fault !== undefined) logFault(c, refusal.fault)
    const place = c.get('place')
    if (place && isForPerson(c.req.raw)) return showRefusal(c, place, refusal)
    return answerRefusal(refusal)
  })
  app.notFound((c) => {
    const refusal = toRefusal(new DomainError('not_found'))
    c.get('visit').code = refusal.code
    return isForPerson(c.req.raw) ? showRefusal(c, root, refusal) : answerRefusal(refusal)
  })
  mountRest(app, { router, places, prefix, createContext, views: createOperationViews(settings) })
  mountPages(app, { places, prefix, createContext, settings, logo: config.logo })
  const guardPost = cookies.refresh ? requireSameSite : () => {}
  mountTrpc(app, { router, prefix, createContext, logFault, guardPost })
  const { mailboxDir } = config.mail
  const hasMailbox = mailboxDir !== null && !config.production
  const showHome = createHomeView({ places, hasMailbox, production: config.production })
  mountSystem(app, { core, basePath, showHome })
  mountMetrics(app, telemetry.metrics)
  mountPasskeyFiles(app, config)
  if (hasMailbox) mountMailbox(app, { mailboxDir, places })
  const providers = core.listProviders()
  const portalSettings = describePortal(settings, { ...config, brand: root.brand, providers })
  mountPortal(app, { ...config, settings: portalSettings, site: places.inEnglish(root) })
  mountDocs(app, { router, basePath, publicUrl: config.publicUrl, settings })
  return app
}
