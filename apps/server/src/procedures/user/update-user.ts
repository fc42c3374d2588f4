import { fields, nameField, updateOwnUser } from '@latchkey/core'
import { z } from 'zod'
import { authenticatedProcedure } from '../../doors/trpc/procedures.ts'
import { userDetails } from '../answers.ts'
import { describeUser } from './describe-user.ts'

const name = () => nameField({ blank: true }).optional()

export const updateUser = authenticatedProcedure
  .meta({
    openapi: {
      method: 'PATCH',
      path: '/user/',
      operationId: 'rest_user_details_partial_update',
      tags: ['User'],
      summary: "Change some of one's own details",
      description: 'Names may be blank. The address is never changed here, whatever is sent.',
    },
    also: [{ method: 'PUT', operationId: 'rest_user_details_update', summary: "Change one's own details" }],
  })
  .input(
    fields({
      email: z.unknown().optional().meta({ type: 'string', description: 'Accepted and ignored.' }),
      first_name: name().meta({ example: 'Ada' }),
      last_name: name().meta({ example: 'Lovelace' }),
    }),
  )
  .output(userDetails)
  .mutation(async ({ ctx, input }) => {
    const names = { firstName: input.first_name, lastName: input.last_name }
    return describeUser(await updateOwnUser(ctx.core, { identity: ctx.identity, ...names }))
  })
