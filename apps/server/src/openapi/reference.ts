import { createRouter, type RouterOptions } from '../router.ts'
import { createOpenApiDocument } from './document.ts'
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

/**
 * Writes the document of {@link REFERENCE} out, the same on every machine.
 *
 * @returns indented JSON, as it stands in `openapi.json`
 */
export function createReferenceText(): string {
  const document = createOpenApiDocument({
    router: createRouter(REFERENCE),
    publicUrl: 'http://localhost:3000',
    pages: REFERENCE,
    cookieMode: false,
  })
  return `${JSON.stringify(document, null, 2)}\n`
}
