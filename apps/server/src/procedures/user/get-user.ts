import { authenticatedProcedure } from '../../doors/trpc/procedures.ts'
import { userDetails } from '../answers.ts'
import { noFields } from '../inputs.ts'
import { describeUser } from './describe-user.ts'

export const getUser = authenticatedProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/user/',
      operationId: 'rest_user_details',
      tags: ['User'],
      summary: "Read one's own details",
    },
  })
  .input(noFields())
  .output(userDetails)
  .query(({ ctx }) => describeUser(ctx.identity.user))
