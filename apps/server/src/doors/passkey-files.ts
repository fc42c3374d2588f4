import { PORTAL_PATH } from '@latchkey/contract'
import { type CoreConfig, listRelatedOrigins } from '@latchkey/core'
import type { Hono } from 'hono'
import type { AppEnv } from './http/app-env.ts'
import { addRoute } from './http/routes.ts'

/** The settings that the files about passkeys depend on. */
export interface PasskeyFileConfig
  extends Pick<CoreConfig, 'passkeysEnabled' | 'passkeyRpId' | 'passkeyOrigins' | 'publicUrl'> {
  /** Whether this server has the pages of the portal. */
  portalServed: boolean
}

/** Public, the same for every caller, and changed by a restart only. */
const HEADERS = {
  'Content-Type': 'application/json',
  'Cache-Control': 'public, max-age=300',
  'Cross-Origin-Resource-Policy': 'cross-origin',
}

/**
 * Serves what browsers and password managers ask the site of the RP ID about its passkeys. A file without content is not
 * there.
 *
 * They ask at the root of that site, without cookies and outside of any page, so CORS plays no part.
 *
 * @see WebAuthn Level 3, section 5.11
 * @see https://w3c.github.io/webappsec-passkey-endpoints/passkey-endpoints.html
 */
export function mountPasskeyFiles(app: Hono<AppEnv>, config: PasskeyFileConfig): void {
  if (!config.passkeysEnabled) return
  const { passkeyRpId: rpId, passkeyOrigins, portalServed, publicUrl } = config
  const origins = listRelatedOrigins({ rpId, origins: passkeyOrigins })
  const page = `${publicUrl}${PORTAL_PATH}/security`
  if (origins.length > 0) serveFile(app, '/.well-known/webauthn', { origins })
  if (portalServed) serveFile(app, '/.well-known/passkey-endpoints', { enroll: page, manage: page })
}

function serveFile(app: Hono<AppEnv>, path: string, content: object): void {
  const text = JSON.stringify(content)
  addRoute(app, { path, methods: { GET: () => new Response(text, { headers: HEADERS }) } })
}
