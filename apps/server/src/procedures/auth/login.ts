import { fields, login as logIn, loginEmailField, passwordField } from '@latchkey/core'
import { anonymousProcedure } from '../../trpc.ts'
import { tokenPair } from '../answers.ts'

export const login = anonymousProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/login/',
      operationId: 'rest_login',
      tags: ['Authentication'],
      summary: 'Sign in',
      description: 'Opens a session. An unknown address and a wrong password get the same answer.',
    },
    refusals: ['incorrect_credentials', 'no_active_account'],
  })
  .input(fields({ email: loginEmailField(), password: passwordField() }))
  .output(tokenPair)
  .mutation(({ ctx, input }) => logIn(ctx.core, input))
