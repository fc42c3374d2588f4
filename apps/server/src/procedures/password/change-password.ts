import { changePassword, fields, passwordField } from '@latchkey/core'
import { authenticatedProcedure } from '../../trpc.ts'
import { detailWithTokens } from '../answers.ts'

/**
 * Makes the procedure of a change of password.
 *
 * @param options.oldPasswordRequired - whether the old password must be given; when not, the field means nothing
 */
export function createChangePassword(options: { oldPasswordRequired: boolean }) {
  const newPasswords = { new_password1: passwordField(), new_password2: passwordField() }
  const withOld = fields({ old_password: passwordField(), ...newPasswords })
  const input = options.oldPasswordRequired ? withOld : fields(newPasswords)
  return authenticatedProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/password/change/',
        operationId: 'rest_password_change',
        tags: ['Password'],
        summary: 'Change the password',
        description: "Every session ends; the caller's goes on under the tokens in the answer.",
      },
    })
    .input(input as typeof withOld)
    .output(detailWithTokens)
    .mutation(async ({ ctx, input }) => {
      const tokens = await changePassword(ctx.core, {
        identity: ctx.identity,
        oldPassword: input.old_password,
        newPassword1: input.new_password1,
        newPassword2: input.new_password2,
      })
      return { detail: 'New password has been saved.', ...tokens }
    })
}
