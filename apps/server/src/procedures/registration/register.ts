import { emailField, fields, nameField, passwordField, register as registerUser } from '@latchkey/core'
import type { z } from 'zod'
import { anonymousProcedure, guardRefreshCookie } from '../../trpc.ts'
import { answerTokens, detailOf, type TokenAnswer, tokens } from '../answers.ts'

const SENT = 'Verification e-mail sent.'

/** What a sign-up is answered with: tokens, or a sentence where a mail was sent instead. */
type RegisterAnswer = Partial<TokenAnswer> & { detail?: string }

/**
 * Makes the procedure of a sign-up.
 *
 * @param options.namesRequired - whether both names must be given and not blank
 * @param options.mandatory - whether the address must be proven first, so that the answer is a sentence
 * @param options.cookieMode - whether the refresh token travels in a cookie
 */
export function createRegister(options: { namesRequired: boolean; mandatory: boolean; cookieMode: boolean }) {
  const answer: z.ZodType<RegisterAnswer> = options.mandatory ? detailOf(SENT) : tokens(options.cookieMode)
  const name = () =>
    options.namesRequired ? nameField({ blank: false }) : nameField({ blank: true }).optional()
  return anonymousProcedure
    .use(guardRefreshCookie)
    .meta({
      openapi: {
        method: 'POST',
        path: '/registration/',
        operationId: 'rest_register',
        tags: ['Registration'],
        summary: 'Sign up',
        description: options.mandatory
          ? 'Mails a link that makes the account; the answer is the same for a taken address.'
          : 'Makes an account and signs its owner in.',
      },
      refreshCookie: options.mandatory ? 'guards' : 'sets',
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
    .output(answer)
    .mutation(async ({ ctx, input: { first_name, last_name, ...rest } }): Promise<RegisterAnswer> => {
      const names = { firstName: first_name ?? '', lastName: last_name ?? '' }
      const pair = await registerUser(ctx.core, { ...rest, ...names })
      return pair ? answerTokens(ctx, pair) : { detail: SENT }
    })
}
