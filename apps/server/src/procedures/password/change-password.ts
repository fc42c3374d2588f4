import { changePassword, fields, findPasswordChangeFaults, passwordField } from '@latchkey/core'
import { authenticatedProcedure, guardRefreshCookie } from '../../doors/trpc/procedures.ts'
import { tellAllFaults } from '../all-faults.ts'
import { answerTokens, detailWithTokens } from '../answers.ts'

const SAVED = 'New password has been saved.'

interface ChangeFields {
  old_password: string
  new_password1: string
  new_password2: string
}

function renameFields<Given extends Partial<ChangeFields>>(given: Given) {
  return {
    oldPassword: given.old_password,
    newPassword1: given.new_password1 as Given['new_password1'],
    newPassword2: given.new_password2 as Given['new_password2'],
  }
}

/** Where the old password is not required, its field means nothing. */
export function createChangePassword(options: { oldPasswordRequired: boolean; cookieMode: boolean }) {
  const newPasswords = { new_password1: passwordField(), new_password2: passwordField() }
  const withOld = { old_password: passwordField(), ...newPasswords }
  const shape = options.oldPasswordRequired ? withOld : (newPasswords as typeof withOld)
  return authenticatedProcedure
    .use(guardRefreshCookie)
    .use(async ({ ctx, next, getRawInput }) => {
      const find = (given: Partial<ChangeFields>) =>
        findPasswordChangeFaults(ctx.core, { identity: ctx.identity, ...renameFields(given) })
      return tellAllFaults(await next(), { shape, getRawInput, find })
    })
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
    .input(fields(shape))
    .output(detailWithTokens(SAVED, options.cookieMode))
    .mutation(async ({ ctx, input }) => {
      const pair = await changePassword(ctx.core, { identity: ctx.identity, ...renameFields(input) })
      return { detail: SAVED, ...(pair && answerTokens(ctx, pair)) }
    })
}
