import { PORTAL_PATH, PORTAL_SETTINGS_FILE, type PortalSettings, pages } from '@latchkey/contract'
import { DomainError } from '@latchkey/core'
import type { LanguageTag } from '@latchkey/languages'
import type { Hono } from 'hono'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { addRoute } from '../http/routes.ts'
import { linkTo, noPortalPage, type Site } from '../pages/html/index.ts'
import { answerPage } from '../pages/view.ts'
import { dressIndex } from './dress-index.ts'
import { createPortalReader, type PortalFile, type PortalFiles } from './files.ts'

/** CSP: the portal runs, styles and calls only what this server serves. The portal has no inline script or style. */
const PORTAL_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Below this folder the name of each file has the hash of its content. */
const HASHED = 'assets/'
const FOREVER = 'public, max-age=31536000, immutable'

interface PortalOptions {
  /** The folder of the operator's own build of the portal; null for the built-in one. */
  portalDir: string | null
  settings: PortalSettings
  /** In English: the page of a portal that is not built is for developers. */
  site: Site
  defaultLanguage: LanguageTag
  /** The operator's form for a new password; null for the built-in one. */
  passwordResetRedirect: string | null
}

/** Serves the account portal: its files, its settings, and its one page for every address that the portal routes. */
export function mountPortal(app: Hono<AppEnv>, options: PortalOptions): void {
  const { portalDir, site, defaultLanguage, passwordResetRedirect } = options
  const resetForm = passwordResetRedirect === null ? linkTo(site, pages.resetForm.path) : null
  const read = createPortalReader(portalDir, (page) => dressIndex(page, site, { defaultLanguage, resetForm }))
  const settings = JSON.stringify(options.settings)
  const config = () =>
    new Response(settings, { headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' } })
  const show = async (c: AppContext) => answer(c, await read(), site)
  addRoute(app, { path: `${PORTAL_PATH}/${PORTAL_SETTINGS_FILE}`, methods: { GET: config } })
  for (const path of [PORTAL_PATH, `${PORTAL_PATH}/*`])
    addRoute(app, { path, methods: { GET: show }, place: site })
}

function answer(c: AppContext, files: PortalFiles, site: Site): Response | Promise<Response> {
  if (files === null) return answerPage(site, noPortalPage(site, { path: c.req.path }), { status: 503 })
  const name = c.req.path.slice(PORTAL_PATH.length + 1)
  const file = files.get(name)
  if (file && name !== 'index.html')
    return answerFile(c, file, name.startsWith(HASHED) ? FOREVER : 'no-cache')
  const index = files.get('index.html')
  // A name with a dot is a file and not an address of the portal. An old page may ask for a file of an old build.
  if (!index || name.includes('.')) throw new DomainError('not_found')
  return answerFile(c, index, 'no-cache')
}

function answerFile(c: AppContext, file: PortalFile, caching: string): Response {
  const isGzip = file.gzipped !== null && /\bgzip\b/.test(c.req.raw.headers.get('accept-encoding') ?? '')
  const headers = {
    'Content-Type': file.contentType,
    'Content-Security-Policy': PORTAL_POLICY,
    'Cache-Control': caching,
    Vary: 'Accept-Encoding',
    ...(isGzip && { 'Content-Encoding': 'gzip' }),
  }
  return new Response(isGzip ? file.gzipped : file.body, { headers })
}
