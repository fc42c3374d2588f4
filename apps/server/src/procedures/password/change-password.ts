import { changePassword, fields, passwordField } from '@latchkey/core'
import { authenticatedProcedure, guardRefreshCookie } from '../../trpc.ts'
import { answerTokens, detailWithTokens } from '../answers.ts'

const SAVED = 'New password has been saved.'

/**
 * Makes the procedure of a change of password.
 *
 * @param options.oldPasswordRequired - whether the old password must be given; when not, the field means nothing
 * @param options.cookieMode - whether the refresh token travels in a cookie
 */
export function createChangePassword(options: { oldPasswordRequired: boolean; cookieMode: boolean }) {
  const newPasswords = { new_password1: passwordField(), new_password2: passwordField() }
  const withOld = fields({ old_password: passwordField(), ...newPasswords })
  const input = options.oldPasswordRequired ? withOld : fields(newPasswords)
  return authenticatedProcedure
    .use(guardRefreshCookie)
    .meta({
      openapi: {
        method: 'POST',
        path: '/password/change/',
        operationId: 'rest_password_change',
        tags: ['Password'],
        summary: 'Change the password',
        description: "Every session ends; the caller's goes on under the tokens in the answer.",
      },
      refreshCookie: 'may set',
    })
    .input(input as typeof withOld)
    .output(detailWithTokens(SAVED, options.cookieMode))
    .mutation(async ({ ctx, input }) => {
      const pair = await changePassword(ctx.core, {
        identity: ctx.identity,
        oldPassword: input.old_password,
        newPassword1: input.new_password1,
        newPassword2: input.new_password2,
      })
      return { detail: SAVED, ...(pair && answerTokens(ctx, pair)) }
    })
}
