import type { ContractSettings } from './settings.ts'
import type { Tag } from './tags.ts'

/** A page of the server that is not an operation. */
export interface PageDefinition {
  /** The path, with a slash at both ends: `/password/reset/default/`. */
  path: `/${string}/`
  operationId: string
  summary: string
  description: string
  tag: Tag
  /**
   * `link`: opens a mailed link and redirects. `form`: names the user whose password it sets. `text`: never changes.
   */
  kind: 'link' | 'form' | 'text'
  /** The settings under which the page exists. An operator's own page replaces one of ours. */
  when: (settings: ContractSettings) => boolean
}

const always = () => true
const isVerifying = ({ emailVerification }: ContractSettings) => emailVerification !== 'none'
const hasOwnForm = ({ passwordResetRedirect }: ContractSettings) => passwordResetRedirect === null
const hasOwnVerifiedPage = ({ emailVerifiedRedirect }: ContractSettings) => emailVerifiedRedirect === null

const OPEN_AGAIN = {
  summary: 'The page that says to open the link again',
  description: 'The page with the button shows this address instead of the key.',
}

/** Every page of the server that is not an operation, by its name. */
export const pages = {
  openResetLink: {
    path: '/password/reset/confirm/{uidb64}/{token}/',
    operationId: 'password_reset_confirm',
    summary: 'Open a reset link',
    description: 'Consumes nothing: the link works until a password is set or it expires.',
    tag: 'Password',
    kind: 'link',
    when: always,
  },
  resetForm: {
    path: '/password/reset/default/',
    operationId: 'default_password_reset',
    summary: 'The form for a new password',
    description: 'Works after a reset link was opened in the same browser.',
    tag: 'Password',
    kind: 'form',
    when: hasOwnForm,
  },
  resetComplete: {
    path: '/password/reset/complete/',
    operationId: 'jwt_allauth_password_reset_complete',
    summary: 'The page behind the form',
    description: 'Says that the new password works.',
    tag: 'Password',
    kind: 'text',
    when: hasOwnForm,
  },
  verificationSent: {
    path: '/registration/account_email_verification_sent/',
    operationId: 'account_email_verification_sent',
    summary: 'The page that says to look into the mailbox',
    description: 'For a frontend that sends people there after a sign-up.',
    tag: 'Registration',
    kind: 'text',
    when: isVerifying,
  },
  emailVerified: {
    path: '/registration/verified/',
    operationId: 'jwt_allauth_email_verified',
    summary: 'The page a verification link leads to',
    description: 'Says that the address is confirmed.',
    tag: 'Registration',
    kind: 'text',
    when: (settings) => isVerifying(settings) && hasOwnVerifiedPage(settings),
  },
  emailChanged: {
    path: '/email/change/complete/',
    operationId: 'email_change_complete',
    summary: 'The page a change of address leads to',
    description: 'Says that the address was changed.',
    tag: 'User',
    kind: 'text',
    when: hasOwnVerifiedPage,
  },
  /** The page with the button shows this address in the address bar instead of the key. */
  reopenVerification: {
    path: '/registration/verification/',
    operationId: 'account_confirm_email_again',
    ...OPEN_AGAIN,
    tag: 'Registration',
    kind: 'text',
    when: (settings) => settings.emailLinkButton && isVerifying(settings),
  },
  reopenEmailChange: {
    path: '/email/change/confirm/',
    operationId: 'email_change_confirm_again',
    ...OPEN_AGAIN,
    tag: 'User',
    kind: 'text',
    when: ({ emailLinkButton }) => emailLinkButton,
  },
} as const satisfies Record<string, PageDefinition>

/** The name of one of {@link pages}. */
export type PageName = keyof typeof pages

/** Lists the pages of a server under its settings, in the order of {@link pages}. */
export function listPages(settings: ContractSettings): [PageName, PageDefinition][] {
  const all = Object.entries(pages) as [PageName, PageDefinition][]
  return all.filter(([, page]) => page.when(settings))
}
