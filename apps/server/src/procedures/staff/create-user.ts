import {
  createUser as create,
  emailField,
  fields,
  findCreateUserFaults,
  nameField,
  passwordField,
} from '@latchkey/core'
import { staffProcedure } from '../../doors/trpc/procedures.ts'
import { tellAllFaults } from '../all-faults.ts'
import { account, describeAccount } from './account.ts'
import { roleField } from './role-field.ts'

const name = () => nameField({ blank: true }).optional()

const shape = {
  email: emailField(),
  password: passwordField().optional(),
  first_name: name().meta({ example: 'Ada' }),
  last_name: name().meta({ example: 'Lovelace' }),
  role: roleField().optional(),
}

export const createUser = staffProcedure
  .use(async ({ ctx, next, getRawInput }) =>
    tellAllFaults(await next(), {
      shape,
      getRawInput,
      find: ({ email, password, first_name: firstName, last_name: lastName }) =>
        findCreateUserFaults(ctx.core, { email, password, firstName, lastName }),
    }),
  )
  .meta({
    openapi: {
      method: 'POST',
      path: '/staff/users/',
      operationId: 'staff_users_create',
      tags: ['Staff'],
      summary: 'Make an account',
      description:
        'Without a password its owner is invited by a reset link. A role other than 0 takes a superuser.',
    },
    status: 201,
  })
  .input(fields(shape))
  .output(account)
  .mutation(async ({ ctx, input }) => {
    const { email, password, role = 0, first_name: firstName = '', last_name: lastName = '' } = input
    const made = await create(ctx.core, { by: ctx.by, email, password, role, firstName, lastName })
    return describeAccount(made)
  })
