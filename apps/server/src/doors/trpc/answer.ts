import { type ResolvedOperation, SENTENCES } from '@latchkey/contract'
import { invalidFields, type TokenPair } from '@latchkey/core'
import { toWire } from '../translate.ts'
import type { RequestContext } from './base.ts'

/**
 * Adds the refresh token a caller presents, where an operation takes one: the cookie in cookie mode, else the body's.
 *
 * @throws {DomainError} `invalid` - neither is there
 */
export function presentRefreshToken(
  ctx: RequestContext,
  operation: ResolvedOperation,
  input: Record<string, unknown>,
): Record<string, unknown> {
  if (!('refresh' in operation.shape)) return input
  const refresh = ctx.cookies.refresh?.read(ctx.request) ?? input.refresh
  if (refresh === undefined) throw invalidFields({ refresh: [SENTENCES.required] })
  return { ...input, refresh }
}

/** Turns what a handler came to into the answer of its operation; cookies are set and removed on the way. */
export function answer(ctx: RequestContext, operation: ResolvedOperation, result: unknown): unknown {
  const { sentence, givesTokens } = operation
  removeCookies(ctx, operation)
  if (sentence === undefined && !givesTokens) return toWire(result)
  const pair = givesTokens ? (result as TokenPair | null) : null
  return { ...(sentence !== undefined && { detail: sentence }), ...(pair && handOut(ctx, pair)) }
}

/** An opened link is used up; whoever leaves has no session any more. Signing out removed its cookie beforehand. */
function removeCookies(ctx: RequestContext, { access, refreshCookie }: ResolvedOperation): void {
  if (access === 'cookie') ctx.cookies.reset.clear(ctx.reply)
  if (refreshCookie === 'removes' && access !== 'logout') ctx.cookies.refresh?.clear(ctx.reply)
}

/** Hands a pair to the caller: both tokens in the body, or in cookie mode the refresh token in its cookie. */
function handOut(ctx: RequestContext, pair: TokenPair): Partial<TokenPair> {
  const cookie = ctx.cookies.refresh
  if (!cookie) return pair
  cookie.set(ctx.reply, pair.refresh)
  return { access: pair.access }
}
