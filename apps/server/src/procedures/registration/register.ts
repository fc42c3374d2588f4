import {
  emailField,
  fields,
  findSignUpFaults,
  nameField,
  passwordField,
  register as registerUser,
} from '@latchkey/core'
import type { z } from 'zod'
import { anonymousProcedure, guardRefreshCookie } from '../../doors/trpc/procedures.ts'
import { tellAllFaults } from '../all-faults.ts'
import { answerTokens, detailOf, type TokenAnswer, tokens } from '../answers.ts'

const SENT = 'Verification e-mail sent.'

/** What a sign-up is answered with: tokens, or a sentence where a mail was sent instead. */
type RegisterAnswer = Partial<TokenAnswer> & { detail?: string }

interface SignUpFields {
  email: string
  password1: string
  password2: string
  first_name?: string
  last_name?: string
}

function renameFields<Given extends Partial<SignUpFields>>({ first_name, last_name, ...rest }: Given) {
  return { ...rest, firstName: first_name ?? '', lastName: last_name ?? '' }
}

/** Where it is `mandatory` to prove the address first, the answer is a sentence and no tokens. */
export function createRegister(options: { namesRequired: boolean; mandatory: boolean; cookieMode: boolean }) {
  const answer: z.ZodType<RegisterAnswer> = options.mandatory ? detailOf(SENT) : tokens(options.cookieMode)
  const name = () =>
    options.namesRequired ? nameField({ blank: false }) : nameField({ blank: true }).optional()
  const shape = {
    email: emailField(),
    password1: passwordField(),
    password2: passwordField(),
    first_name: name().meta({ example: 'Ada' }),
    last_name: name().meta({ example: 'Lovelace' }),
  }
  return anonymousProcedure
    .use(guardRefreshCookie)
    .use(async ({ ctx, next, getRawInput }) => {
      const find = (given: Partial<SignUpFields>) => findSignUpFaults(ctx.core, renameFields(given))
      return tellAllFaults(await next(), { shape, getRawInput, find })
    })
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
    .input(fields(shape))
    .output(answer)
    .mutation(async ({ ctx, input }): Promise<RegisterAnswer> => {
      const pair = await registerUser(ctx.core, renameFields(input))
      return pair ? answerTokens(ctx, pair) : { detail: SENT }
    })
}
