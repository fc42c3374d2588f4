import {
  type DomainError,
  emailField,
  fields,
  findPasswordFaults,
  invalidFields,
  nameField,
  passwordField,
  register as registerUser,
} from '@latchkey/core'
import { ZodError, z } from 'zod'
import { collectFieldErrors } from '../../errors.ts'
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
    .use(async ({ next, getRawInput }) => {
      const result = await next()
      if (!result.ok && result.error.cause instanceof ZodError) {
        throw await addPasswordFaults(result.error.cause, await getRawInput())
      }
      return result
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

/** Where another field is refused already, names what is wrong with the password beside it: all at once. */
async function addPasswordFaults(error: ZodError, input: unknown): Promise<DomainError> {
  const refused = collectFieldErrors(error)
  const read = z.record(z.string(), z.unknown()).safeParse(input)
  const text = (name: string) => {
    const value = read.data?.[name]
    return typeof value === 'string' ? value : ''
  }
  const password = text('password1').normalize('NFC')
  if (!read.success || password === '' || refused.password1) return invalidFields(refused)
  const owner = { email: text('email'), firstName: text('first_name'), lastName: text('last_name') }
  const faults = await findPasswordFaults(password, owner)
  return invalidFields(faults.length > 0 ? { ...refused, password1: faults } : refused)
}
