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
    messages: z.array(tokenMessage).optional().meta({ description: 'Why a bearer token was refused.' }),
  })
  .meta({ id: 'Refusal', description: 'Every refusal that is not about fields.' })
