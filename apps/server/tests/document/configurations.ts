import { REFERENCE } from '../../src/doors/docs/openapi/reference.ts'
import type { DocumentSettings } from './document.ts'
import { LANDING } from './refusals.ts'

/** Together they give each value to every setting that changes the document. */
export const CONFIGURATIONS: Record<string, DocumentSettings> = {
  'as committed': REFERENCE,
  'in cookie mode, with a key for each session': {
    ...REFERENCE,
    dpop: 'required',
    emailVerification: 'optional',
    refreshCookie: { secure: false, sameSite: 'Lax', path: '/' },
  },
  'in cookie mode with mandatory verification': {
    ...REFERENCE,
    refreshCookie: { secure: false, sameSite: 'Lax', path: '/' },
  },
  'with buttons, pages of the operator and nothing required': {
    ...REFERENCE,
    emailVerification: 'optional',
    emailLinkButton: true,
    registrationNamesRequired: false,
    oldPasswordRequired: false,
    emailVerifiedRedirect: 'https://app.example.com/welcome',
    passwordResetRedirect: 'https://app.example.com/new-password',
    redirectUrls: [LANDING],
  },
  'without verification and without proofs': { ...REFERENCE, emailVerification: 'none', dpop: 'off' },
}
