import { fields, login as logIn, loginEmailField, passwordField } from '@latchkey/core'
import { anonymousProcedure, guardRefreshCookie } from '../../doors/trpc/procedures.ts'
import { answerTokens, tokens } from '../answers.ts'

/** The sign-in; `mandatory` where a sign-up must be confirmed before it, which is one more refusal. */
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
