import { addHeaders, RESET_COOKIE_SET } from './headers.ts'
import { type DocumentedRefusal, FAULTS } from './refusals.ts'
import { describeStatuses, PAGE, withPage } from './responses.ts'
import type { Operation, Paths, Responses } from './types.ts'

export interface PageOptions {
  emailVerification: 'none' | 'optional' | 'mandatory'
  emailVerifiedRedirect: string | null
  passwordResetRedirect: string | null
  emailLinkButton: boolean
}

/** Documents the pages that are no procedure; those an operator replaced are not there. */
export function describePages(options: PageOptions): Paths {
  const isVerifying = options.emailVerification !== 'none'
  return {
    '/password/reset/confirm/{uidb64}/{token}/': { get: describeResetLink() },
    ...(options.passwordResetRedirect === null && {
      '/password/reset/default/': describePage(
        'default_password_reset',
        'The form for a new password',
        'Password',
      ),
      '/password/reset/complete/': describePage(
        'jwt_allauth_password_reset_complete',
        'The page behind the form',
        'Password',
      ),
    }),
    ...(isVerifying && {
      '/registration/account_email_verification_sent/': describePage(
        'account_email_verification_sent',
        'The page that says to look into the mailbox',
        'Registration',
      ),
    }),
    ...(isVerifying &&
      options.emailVerifiedRedirect === null && {
        '/registration/verified/': describePage(
          'jwt_allauth_email_verified',
          'The page a verification link leads to',
          'Registration',
        ),
      }),
    ...(options.emailVerifiedRedirect === null && {
      '/email/change/complete/': describePage(
        'email_change_complete',
        'The page a change of address leads to',
        'User',
      ),
    }),
    ...(options.emailLinkButton && describeReopenPages(isVerifying)),
  }
}

/** What the page with the button leaves in the address bar instead of the key. */
function describeReopenPages(isVerifying: boolean): Paths {
  const describe = (operationId: string, tag: string) =>
    describePage(operationId, 'The page that says to open the link again', tag)
  return {
    ...(isVerifying && {
      '/registration/verification/': describe('account_confirm_email_again', 'Registration'),
    }),
    '/email/change/confirm/': describe('email_change_confirm_again', 'User'),
  }
}

function describePage(operationId: string, summary: string, tag: string): Paths[string] {
  // The form says whose password it sets, so it asks the database; the other pages are always the same.
  const faults = FAULTS.filter(({ code }) => operationId === 'default_password_reset' || code === 'throttled')
  const responses = { 200: { description: 'The page.', content: PAGE }, ...describePageFaults(faults) }
  return {
    get: { operationId, summary, tags: [tag], security: [], responses: addHeaders(responses, () => ({})) },
  }
}

function describePageFaults(faults: DocumentedRefusal[]): Responses {
  const described = Object.entries(describeStatuses(faults, null))
  return Object.fromEntries(described.map(([status, response]) => [status, withPage(response)]))
}

function describeResetLink(): Operation {
  const parameters = ['uidb64', 'token'].map((name) => ({
    name,
    in: 'path' as const,
    required: true,
    schema: { type: 'string' as const },
  }))
  const responses = {
    200: { description: 'The page that says that the link was invalid.', content: PAGE },
    302: { description: 'Leads on to the form for a new password.' },
    ...describePageFaults(FAULTS),
  }
  return {
    operationId: 'password_reset_confirm',
    summary: 'Open a reset link',
    description: 'Consumes nothing: the link works until a password is set or it expires.',
    tags: ['Password'],
    security: [],
    parameters,
    responses: addHeaders(responses, (status) => (status === 302 ? RESET_COOKIE_SET : {})),
  }
}
