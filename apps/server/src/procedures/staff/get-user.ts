import { fields, getUser as get, idField } from '@latchkey/core'
import { staffProcedure } from '../../doors/trpc/procedures.ts'
import { account, describeAccount } from './account.ts'

export const getUser = staffProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/staff/users/{id}/',
      operationId: 'staff_users_get',
      tags: ['Staff'],
      summary: 'Read an account',
    },
    refusals: ['not_found'],
  })
  .input(fields({ id: idField() }))
  .output(account)
  .query(async ({ ctx, input }) => describeAccount(await get(ctx.core, { userId: input.id })))
