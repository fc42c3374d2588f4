import type { TokenPair } from '@latchkey/core'
import { z } from 'zod'
import type { RequestContext } from '../doors/trpc/procedures.ts'

const EXAMPLE_JWT = 'eyJhbGciOiJFUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIn0.c2lnbmF0dXJl'

const access = z.string().meta({ description: 'Access token, to be sent as a bearer.', example: EXAMPLE_JWT })
const refresh = z.string().meta({
  description: 'Refresh token; works once, then `POST /refresh/` answers with its successor.',
  example: EXAMPLE_JWT,
})

/** The tokens of an answer; in cookie mode the refresh token is not among them. */
export interface TokenAnswer {
  access: string
  refresh?: string
}

/**
 * The tokens of an answer. The document says what this server really answers; the type is that of both modes.
 */
export function tokens(cookieMode: boolean): z.ZodType<TokenAnswer> {
  return cookieMode ? z.object({ access }) : z.object({ access, refresh })
}

/** A sentence, and tokens where the operation gave some. */
export function detailWithTokens(
  sentence: string,
  cookieMode: boolean,
): z.ZodType<Partial<TokenAnswer> & { detail: string }> {
  const detail = z.string().meta({ example: sentence })
  const shape = { detail, access: access.optional() }
  return cookieMode ? z.object(shape) : z.object({ ...shape, refresh: refresh.optional() })
}

/** Hands a pair to the caller: both tokens in the body, or in cookie mode the refresh token in its cookie. */
export function answerTokens(ctx: RequestContext, pair: TokenPair): TokenAnswer {
  const cookie = ctx.cookies.refresh
  if (!cookie) return pair
  cookie.set(ctx.reply, pair.refresh)
  return { access: pair.access }
}

/** An answer that is a fixed sentence, word for word what the caller reads. */
export function detailOf<const Sentence extends string>(sentence: Sentence) {
  return z.object({ detail: z.literal(sentence).meta({ example: sentence }) })
}

export const userDetails = z.object({
  email: z.string().meta({ example: 'ada@example.com' }),
  first_name: z.string().meta({ example: 'Ada' }),
  last_name: z.string().meta({ example: 'Lovelace' }),
})

/** A moment: ISO 8601, UTC. */
export const time = () => z.iso.datetime().meta({ example: '2026-01-31T12:00:00.000Z' })

export const nothing = z.void()
