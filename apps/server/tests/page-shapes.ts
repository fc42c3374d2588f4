import { DEFAULT_BRAND, type FieldErrors } from '@latchkey/contract'
import * as pages from '../src/doors/pages/html/index.ts'

interface Words {
  /** The value of every text that a page shows. */
  text: string
  /** The errors of the refused form for a new password. */
  errors: FieldErrors
}

/** Lists every page in every variant. A variant that answers a refused form has the name of the page and `refused`. */
export function listPageShapes({ text, errors }: Words): Record<string, () => pages.Html> {
  const site = { brand: { ...DEFAULT_BRAND, name: text }, basePath: '/auth' }
  const mail = {
    id: `../${text}`,
    to: text,
    subject: text,
    date: new Date('2026-03-01T10:20:30Z'),
    text,
    html: text,
    kind: text,
  }
  return {
    addressChangedPage: () => pages.addressChangedPage(site),
    addressVerifiedPage: () => pages.addressVerifiedPage(site),
    checkMailPage: () => pages.checkMailPage(site),
    'confirmAddressPage signup': () =>
      pages.confirmAddressPage(site, { purpose: 'signup', cleanPath: `/${text}` }),
    'confirmAddressPage change': () => pages.confirmAddressPage(site, { purpose: 'change', cleanPath: '/' }),
    errorPage: () => pages.errorPage(site, { title: text, sentence: text, requestId: text }),
    invalidLinkPage: () => pages.invalidLinkPage(site),
    'mailboxListPage empty': () => pages.mailboxListPage(site, []),
    mailboxListPage: () => pages.mailboxListPage(site, [mail]),
    mailboxMailPage: () => pages.mailboxMailPage(site, mail),
    noPortalPage: () => pages.noPortalPage(site, { path: `/account/${text}` }),
    passwordResetCompletePage: () => pages.passwordResetCompletePage(site),
    passwordResetFormPage: () => pages.passwordResetFormPage(site, { email: 'ada@example.com', link: text }),
    'passwordResetFormPage refused': () =>
      pages.passwordResetFormPage(site, { email: 'ada@example.com', link: text, errors }),
    passwordResetInvalidPage: () => pages.passwordResetInvalidPage(site),
    passwordResetOtherPage: () => pages.passwordResetOtherPage(site),
    reopenLinkPage: () => pages.reopenLinkPage(site),
  }
}
