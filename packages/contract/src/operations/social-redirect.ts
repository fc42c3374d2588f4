import { defineOperation } from '../define-operation.ts'
import { tokenField } from '../fields.ts'
import { connection } from '../social-answers.ts'
import { ACCOUNT_REFUSALS, CONNECT_REFUSALS } from './social.ts'

const redeemed = () => ({
  code: tokenField().meta({ description: 'The `code` in the address to which the browser returned.' }),
  code_verifier: tokenField().meta({
    description: 'The verifier whose S256 was the `code_challenge`. Only its owner redeems the code.',
  }),
})

/** What a code leads to after a redirect to a provider. */
export const socialRedirectOperations = {
  /** Signs in whom a provider named, for the app that began. */
  openSocialSession: defineOperation({
    procedure: 'social.session',
    client: null,
    method: 'POST',
    path: '/social/session/',
    operationId: 'social_session',
    tag: 'Social',
    summary: 'Sign in after a redirect to a provider',
    description:
      'Redeems the code of `return_to`, once and within a minute. A code that another app or browser began is refused.',
    access: 'anonymous',
    refreshCookie: 'sets',
    asksFactor: true,
    input: redeemed,
    refusals: (settings) => ['token_not_valid', ...ACCOUNT_REFUSALS(settings)],
  }),

  /** Connects whom a provider named to the caller. */
  connectSocialAccount: defineOperation({
    procedure: 'social.connect',
    client: null,
    method: 'POST',
    path: '/social/connect/',
    operationId: 'social_connect',
    tag: 'Social',
    summary: 'Connect an account after a redirect to a provider',
    description: 'Redeems the code of `return_to`. It connects to the caller, and opens or ends no session.',
    access: 'authenticated',
    recent: 'always',
    status: 201,
    input: redeemed,
    output: connection,
    refusals: ['challenge_invalid', ...CONNECT_REFUSALS],
  }),
}
