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
   * `redirect`: sends a browser to a provider, or takes it back from there.
   */
  kind: 'link' | 'form' | 'text' | 'redirect'
  /** The parameters in the address. */
  parameters?: readonly { name: string; description: string; required?: true }[]
  /** Where a `redirect` leads, with its status. */
  leadsTo?: { status: 302 | 303; description: string }
  /** The `operationId` of POST at the same path, for a page that takes one too. */
  alsoPost?: string
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
  socialStart: {
    path: '/social/{provider}/start/',
    operationId: 'social_start',
    summary: 'Go to a provider to sign in there',
    description:
      'A browser opens it as a page: it sets a cookie, which an answer to a fetch from another site cannot. The outcome comes to `return_to` as `code` or `error`.',
    tag: 'Social',
    kind: 'redirect',
    parameters: [
      {
        name: 'return_to',
        required: true,
        description: 'Where the outcome goes: an address below one of `PROVIDER_RETURN_URLS`.',
      },
      {
        name: 'code_challenge',
        required: true,
        description: 'RFC 7636, S256: 43 characters. Its verifier redeems the code.',
      },
      {
        name: 'prompt',
        description:
          'Passed on to the provider: `none`, or any of `login`, `consent` and `select_account`, separated by spaces.',
      },
      {
        name: 'login_hint',
        description: 'Passed on to the provider: whom to sign in there. At most 320 characters.',
      },
    ],
    leadsTo: {
      status: 302,
      description:
        'Leads to the provider, or to `return_to` with `error` when the provider is not to be had.',
    },
    when: always,
  },
  socialCallback: {
    path: '/social/{provider}/callback/',
    operationId: 'social_callback',
    summary: 'Come back from a provider',
    description:
      'The `redirect_uri` at the provider. A page is shown where no attempt of this browser is known.',
    tag: 'Social',
    kind: 'redirect',
    alsoPost: 'social_callback_post',
    parameters: [
      { name: 'state', description: 'What names the attempt.' },
      { name: 'code', description: 'The code of the provider.' },
      { name: 'iss', description: 'The provider, by RFC 9207.' },
      { name: 'error', description: 'What the provider says in place of a code.' },
    ],
    leadsTo: { status: 303, description: 'Leads to `return_to` with `code` or `error`.' },
    when: always,
  },
} as const satisfies Record<string, PageDefinition>

/** The name of one of {@link pages}. */
export type PageName = keyof typeof pages

/** Lists the pages of a server under its settings, in the order of {@link pages}. */
export function listPages(settings: ContractSettings): [PageName, PageDefinition][] {
  const all = Object.entries(pages) as [PageName, PageDefinition][]
  return all.filter(([, page]) => page.when(settings))
}
