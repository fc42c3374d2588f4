import type { RouterOptions } from '../router.ts'
import type { PageOptions } from './pages.ts'

/**
 * The settings of the document in `openapi.json`: the defaults, with verification, which brings every operation.
 *
 * A running server describes itself as it is configured, at `/openapi.json`.
 */
export const REFERENCE: RouterOptions & PageOptions = {
  registrationNamesRequired: true,
  oldPasswordRequired: true,
  emailVerification: 'mandatory',
  emailLinkButton: false,
  emailVerifiedRedirect: null,
  passwordResetRedirect: null,
  refreshCookie: null,
}
