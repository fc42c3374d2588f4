import { createRouter, type RouterOptions } from '../../../procedures/router.ts'
import { createOpenApiDocument } from './document.ts'
import type { PageOptions } from './pages.ts'

/** The settings of `openapi.json`: the defaults, with verification, which brings every operation. */
export const REFERENCE: RouterOptions & PageOptions = {
  registrationNamesRequired: true,
  oldPasswordRequired: true,
  emailVerification: 'mandatory',
  emailLinkButton: false,
  emailVerifiedRedirect: null,
  passwordResetRedirect: null,
  refreshCookie: null,
}

/** Writes the document of {@link REFERENCE} as indented JSON, the same on every machine. */
export function createReferenceText(): string {
  const document = createOpenApiDocument({
    router: createRouter(REFERENCE),
    publicUrl: 'http://localhost:3000',
    pages: REFERENCE,
    cookieMode: false,
  })
  return `${JSON.stringify(document, null, 2)}\n`
}
