import { PORTAL_PATH } from '@latchkey/contract'
import { isPortalBuilt } from '../doors/portal/files.ts'
import type { Config } from './config/index.ts'

/**
 * Finds where a mail leads a person who acts on the account: to the portal, or without a portal to the app.
 *
 * A person who signs in wants to use the app, so the app is first there.
 */
export function findAccountPages({ publicUrl, portalDir, brand }: Config) {
  const portal = isPortalBuilt(portalDir) ? publicUrl + PORTAL_PATH : null
  const at = (path: string) => (portal === null ? brand.appUrl : portal + path)
  return { signIn: brand.appUrl ?? at('/sign-in'), forgotPassword: at('/forgot-password') }
}
