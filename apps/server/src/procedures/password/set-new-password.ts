import { fields, passwordField, setNewPassword as setPassword, tokenField } from '@latchkey/core'
import { cookieProcedure } from '../../doors/trpc/procedures.ts'
import { answerTokens, detailWithTokens } from '../answers.ts'

const RESET = 'Password reset.'

/** Sets a new password by the cookie of an opened reset link, or by the link's own secret. */
export function createSetNewPassword(options: { cookieMode: boolean }) {
  return cookieProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/password/reset/set-new/',
        operationId: 'rest_password_reset_set_new',
        tags: ['Password'],
        summary: 'Set a new password by a reset link',
        description:
          'Proven by the cookie of the opened link, or by the `token` of the link itself. Every other session and link ends. To the post of a browser form the answer is a redirect, or the form with its errors.',
      },
      refreshCookie: 'sets',
      page: 'form',
      refusals: ['not_authenticated', 'token_not_valid'],
    })
    .input(
      fields({
        new_password1: passwordField(),
        new_password2: passwordField(),
        token: tokenField().optional().meta({
          description: 'The last part of the mailed link, for a program that was handed the link itself.',
        }),
      }),
    )
    .output(detailWithTokens(RESET, options.cookieMode))
    .mutation(async ({ ctx, input }) => {
      const pair = await setPassword(ctx.core, {
        proof: { cookie: ctx.cookies.reset.read(ctx.request), token: input.token },
        newPassword1: input.new_password1,
        newPassword2: input.new_password2,
        // A form shows its reader no tokens, so without a cookie a session opened for it would be nobody's.
        signIn: !ctx.isForm || options.cookieMode,
      })
      ctx.cookies.reset.clear(ctx.reply)
      return { detail: RESET, ...(pair && answerTokens(ctx, pair)) }
    })
}
