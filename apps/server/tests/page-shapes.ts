import type { FieldErrors } from '@latchkey/contract'
import * as pages from '../src/doors/pages/html/index.ts'
import { createTestSite } from './test-site.ts'

interface Words {
  /** The value of every text that a page shows. */
  text: string
  /** The errors of the refused form for a new password. */
  errors: FieldErrors
  /** The site of the pages; one without a portal and an app unless given. */
  site?: pages.Site
}

/** Lists every page in every variant. A variant that answers a refused form has the name of the page and `refused`. */
export function listPageShapes(words: Words): Record<string, () => pages.Html> {
  const { text, errors, site = createTestSite({ brand: { name: text }, basePath: '/auth' }) } = words
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
      pages.confirmAddressPage(site, { purpose: 'signup', email: text, cleanPath: `/${text}` }),
    'confirmAddressPage change': () =>
      pages.confirmAddressPage(site, { purpose: 'change', email: 'ada@example.com', cleanPath: '/' }),
    errorPage: () => pages.errorPage(site, { title: text, sentence: text, requestId: text }),
    homePage: () => pages.homePage(site, { forDevelopers: null }),
    'homePage in development': () =>
      pages.homePage(site, {
        forDevelopers: { docs: '/docs', portal: '/account/', mailbox: '/dev/mailbox/' },
      }),
    invalidLinkPage: () => pages.invalidLinkPage(site),
    'mailboxListPage empty': () => pages.mailboxListPage(site, []),
    mailboxListPage: () => pages.mailboxListPage(site, [mail]),
    mailboxMailPage: () => pages.mailboxMailPage(site, mail),
    noPortalPage: () => pages.noPortalPage(site, { path: `/account/${text}` }),
    notFoundPage: () => pages.notFoundPage(site),
    passwordResetCompletePage: () => pages.passwordResetCompletePage(site, { hasSecondSteps: false }),
    'passwordResetCompletePage with second steps': () =>
      pages.passwordResetCompletePage(site, { hasSecondSteps: true }),
    passwordResetFormPage: () => pages.passwordResetFormPage(site, { email: 'ada@example.com', link: text }),
    'passwordResetFormPage of an invitation': () =>
      pages.passwordResetFormPage(site, { email: 'ada@example.com', link: text, isInvitation: true }),
    'passwordResetFormPage refused': () =>
      pages.passwordResetFormPage(site, { email: 'ada@example.com', link: text, errors }),
    passwordResetInvalidPage: () => pages.passwordResetInvalidPage(site),
    passwordResetOtherPage: () => pages.passwordResetOtherPage(site),
    'providerAttemptPage elsewhere': () => pages.providerAttemptPage(site, 'elsewhere'),
    providerAttemptPage: () => pages.providerAttemptPage(site, 'over'),
    providerLinkPage: () => pages.providerLinkPage(site),
    reopenLinkPage: () => pages.reopenLinkPage(site),
  }
}
