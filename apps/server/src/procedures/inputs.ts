import { fields, invalidFields, tokenField } from '@latchkey/core'
import type { z } from 'zod'
import type { RequestContext } from '../doors/trpc/procedures.ts'

/** A procedure that takes nothing: still an object, so that a list is refused here as everywhere. */
export function noFields() {
  return fields({}).optional()
}

/** The refresh token of a body; in cookie mode it may be left out, since a cookie brings it. */
export function refreshInput(cookieMode: boolean) {
  const refresh = tokenField().meta({ description: 'The refresh token last given.' })
  return fields({
    refresh: cookieMode ? refresh.optional() : (refresh as unknown as z.ZodOptional<typeof refresh>),
  })
}

/**
 * The refresh token a caller presents: its cookie in cookie mode, else the one of the body.
 *
 * @throws {DomainError} `invalid` - neither is there
 */
export function getRefreshToken(ctx: RequestContext, input: { refresh?: string }): string {
  const token = ctx.cookies.refresh?.read(ctx.request) ?? input.refresh
  if (token === undefined) throw invalidFields({ refresh: ['This field is required.'] })
  return token
}

/** The secret of a mailed link. */
export function keyField() {
  return tokenField().meta({ description: 'The last part of the mailed link.' })
}
