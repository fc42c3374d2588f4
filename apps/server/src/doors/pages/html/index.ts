export { ASSET_HEADERS, ASSETS, type Asset } from './assets.ts'
export { createBrandStylesheet } from './brand-assets.ts'
export { type ConfirmAddressData, confirmAddressPage } from './confirm-address-page.ts'
export { type HomeData, homePage } from './home-page.ts'
export { markAddress } from './icons.ts'
export { invalidLinkPage } from './invalid-link-page.ts'
export { mailboxListPage } from './mailbox/list-page.ts'
export type { MailboxMail } from './mailbox/mail.ts'
export { mailFrameDocument } from './mailbox/mail-frame.ts'
export { mailboxMailPage } from './mailbox/mail-page.ts'
export { maskEmail } from './mask-email.ts'
export {
  addressChangedPage,
  addressVerifiedPage,
  checkMailPage,
  type ErrorPageData,
  errorPage,
  notFoundPage,
  passwordResetCompletePage,
  passwordResetInvalidPage,
  passwordResetOtherPage,
  providerAttemptPage,
  providerLinkPage,
} from './message-pages.ts'
export { noPortalPage } from './no-portal-page.ts'
export { mailFrameHeaders, type PageHeaderOptions, pageHeaders } from './page-headers.ts'
export { type PasswordResetFormData, passwordResetFormPage } from './password-reset-form-page.ts'
export { describeToPerson } from './refusal-words.ts'
export { reopenLinkPage } from './reopen-link-page.ts'
export { type Html, LANGUAGE_QUERY, linkTo, linkToPortal, type Place, type Site } from './site.ts'
