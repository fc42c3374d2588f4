import { z } from 'zod'
import { REFUSALS, type RefusalCode, type RefusalWords } from './refusals.ts'

const wireCodes = Object.entries<RefusalWords>(REFUSALS).map(([code, { as }]) => as ?? (code as RefusalCode))

const refusalCode = z
  .enum([...new Set(wireCodes)])
  .meta({ id: 'RefusalCode', description: 'A word for programs. A client decides by it.' })

const tokenMessage = z.object({
  token_class: z.literal('AccessToken'),
  token_type: z.literal('access'),
  message: z.enum(['Token is expired', 'Token is invalid', 'Token has wrong type']),
})

/** The body of every refusal that is not about fields. */
export const refusal = z
  .object({
    detail: z.string().meta({ description: 'A sentence for people.' }),
    code: refusalCode,
    max_age: z.int().optional().meta({ description: 'How old a proof may be, in seconds.' }),
    acr_values: z.literal('aal2').optional().meta({ description: 'The level that the session needs.' }),
    methods: z
      .array(z.enum(['passkey', 'totp', 'recovery_code', 'password', 'social']))
      .optional()
      .meta({
        description:
          'What `POST /reauthenticate/` takes from this account. Empty: it must set up a factor first.',
      }),
    messages: z.array(tokenMessage).optional().meta({ description: 'Why a bearer token was refused.' }),
  })
  .meta({ id: 'Refusal', description: 'Every refusal that is not about fields.' })
