import { z } from 'zod'

const EXAMPLE_JWT = 'eyJhbGciOiJFUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIn0.c2lnbmF0dXJl'

const access = z.string().meta({ description: 'Access token, to be sent as a bearer.', example: EXAMPLE_JWT })
const refresh = z.string().meta({
  description: 'Refresh token; works once, then `POST /refresh/` answers with its successor.',
  example: EXAMPLE_JWT,
})

/** A signed pair. */
export const tokenPair = z.object({ access, refresh })

/** A sentence, and a pair where the operation gave one. */
export const detailWithTokens = z.object({
  detail: z.string().meta({ example: 'New password has been saved.' }),
  access: access.optional(),
  refresh: refresh.optional(),
})

/**
 * An answer that is a fixed sentence.
 *
 * @param sentence - word for word what the caller reads
 */
export function detailOf<const Sentence extends string>(sentence: Sentence) {
  return z.object({ detail: z.literal(sentence).meta({ example: sentence }) })
}

/** What an account shows its owner. */
export const userDetails = z.object({
  email: z.string().meta({ example: 'ada@example.com' }),
  first_name: z.string().meta({ example: 'Ada' }),
  last_name: z.string().meta({ example: 'Lovelace' }),
})

/** A moment: ISO 8601, UTC. */
export const time = () => z.iso.datetime().meta({ example: '2026-01-31T12:00:00.000Z' })

/** Nothing: the answer has no body. */
export const nothing = z.void()
