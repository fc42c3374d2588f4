import { fields, login as logIn, loginEmailField, passwordField } from '@latchkey/core'
import { anonymousProcedure, guardRefreshCookie } from '../../trpc.ts'
import { answerTokens, tokens } from '../answers.ts'

/**
 * Makes the procedure of a sign-in.
 *
 * @param options.mandatory - whether a sign-up must be confirmed before it can sign in
 * @param options.cookieMode - whether the refresh token travels in a cookie
 */
export function createLogin(options: { mandatory: boolean; cookieMode: boolean }) {
  return anonymousProcedure
    .use(guardRefreshCookie)
    .meta({
      openapi: {
        method: 'POST',
        path: '/login/',
        operationId: 'rest_login',
        tags: ['Authentication'],
        summary: 'Sign in',
        description: 'Opens a session. An unknown address and a wrong password get the same answer.',
      },
      refreshCookie: 'sets',
      refusals: [
        'incorrect_credentials',
        ...(options.mandatory ? (['email_not_verified'] as const) : []),
        'no_active_account',
      ],
    })
    .input(fields({ email: loginEmailField(), password: passwordField() }))
    .output(tokens(options.cookieMode))
    .mutation(async ({ ctx, input }) => answerTokens(ctx, await logIn(ctx.core, input)))
}
