import { emailField, fields, nameField, passwordField, register as registerUser } from '@latchkey/core'
import { anonymousProcedure } from '../../trpc.ts'
import { tokenPair } from '../answers.ts'

/**
 * Makes the procedure of a sign-up.
 *
 * @param options.namesRequired - whether both names must be given and not blank
 */
export function createRegister(options: { namesRequired: boolean }) {
  const name = () =>
    options.namesRequired ? nameField({ blank: false }) : nameField({ blank: true }).optional()
  return anonymousProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/registration/',
        operationId: 'rest_register',
        tags: ['Registration'],
        summary: 'Sign up',
        description: 'Makes an account and signs its owner in.',
      },
      status: 201,
    })
    .input(
      fields({
        email: emailField(),
        password1: passwordField(),
        password2: passwordField(),
        first_name: name().meta({ example: 'Ada' }),
        last_name: name().meta({ example: 'Lovelace' }),
      }),
    )
    .output(tokenPair)
    .mutation(({ ctx, input: { first_name, last_name, ...rest } }) =>
      registerUser(ctx.core, { ...rest, firstName: first_name ?? '', lastName: last_name ?? '' }),
    )
}
