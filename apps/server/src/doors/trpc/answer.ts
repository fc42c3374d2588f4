import { type ResolvedOperation, SENTENCES } from '@latchkey/contract'
import { type DomainError, invalidFields, type SignInAnswer, type TokenPair } from '@latchkey/core'
import { orderHeldTokens } from '@latchkey/core/operations/auth/held-tokens'
import { OPTIONAL_SESSION, prefersOptionalSession } from '../http/prefer.ts'
import { toWire } from '../translate.ts'
import type { RequestContext } from './base.ts'

/**
 * Adds the refresh token of the cookie to the input of an operation for which the cookie decides.
 *
 * @returns one input for each cookie to try; the given input for every other operation; none when there is no cookie and
 *   the caller takes an empty answer
 * @throws {DomainError} `invalid` - there is no cookie, or it is empty
 */
export async function presentRefreshTokens(
  ctx: RequestContext,
  operation: ResolvedOperation,
  input: Record<string, unknown>,
): Promise<Record<string, unknown>[]> {
  if (!operation.cookieDecides) return [input]
  const values = ctx.cookies.refresh?.readAll(ctx.request) ?? []
  if (values.length === 0 && mayBeEmpty(operation) && prefersOptionalSession(ctx.request)) {
    ctx.reply.append('Preference-Applied', OPTIONAL_SESSION)
    return []
  }
  if (values.length === 0) throw refuseMissingCookie()
  const ordered = await orderHeldTokens(ctx.core, values)
  return ordered.map((refresh) => ({ ...input, refresh }))
}

/** Whether an operation has an empty answer for a caller that has no session and asks for one if there is one. */
export function mayBeEmpty({ cookieDecides, refreshCookie }: ResolvedOperation): boolean {
  return cookieDecides && refreshCookie === 'exchanges'
}

/** The schema of the answer of an operation, which lets an empty answer pass. The document shows that by its status. */
export function outputOf(operation: ResolvedOperation): ResolvedOperation['output'] {
  const { output } = operation
  if (!mayBeEmpty(operation)) return output
  const parse = (given: unknown) => (given === undefined ? undefined : output.parse(given))
  return Object.create(output, { parse: { value: parse } })
}

/** The refusal of a request without its cookie, in the words for a missing field. */
function refuseMissingCookie(): DomainError {
  return invalidFields({ refresh: [SENTENCES.required] })
}

/** Turns the result of a handler into the answer of its operation. It also sets and removes cookies. */
export function answer(ctx: RequestContext, operation: ResolvedOperation, result: unknown): unknown {
  const { sentence, givesTokens, definesAnswer } = operation
  removeCookies(ctx, operation)
  if (sentence === undefined && !givesTokens) return toWire(result)
  if (definesAnswer) return addTokens(ctx, result as { tokens: TokenPair | null })
  const given = givesTokens ? (result as SignInAnswer | null) : null
  if (given && !('access' in given)) return describeUnfinished(operation, given)
  return { ...(sentence !== undefined && { detail: sentence }), ...(given && handOut(ctx, given)) }
}

/** Puts the tokens that only some callers get beside the fields of the answer. */
function addTokens(ctx: RequestContext, { tokens, ...fields }: { tokens: TokenPair | null }): object {
  return { ...(toWire(fields) as object), ...(tokens && handOut(ctx, tokens)) }
}

/** Removes the cookie of a used link, or of an ended session. The guard of signing out removes its cookie by itself. */
function removeCookies(ctx: RequestContext, { access, refreshCookie }: ResolvedOperation): void {
  if (access === 'cookie') ctx.cookies.reset.clear(ctx.reply)
  if (refreshCookie === 'removes' && access !== 'logout') ctx.cookies.refresh?.clear(ctx.reply)
}

/** Describes a sign-in that has to go on. It has no tokens, so no cookie is set. */
function describeUnfinished({ unfinishedSentence: detail }: ResolvedOperation, given: object): object {
  return { ...(detail !== undefined && { detail }), ...(toWire(given) as object) }
}

/**
 * Gives a pair of tokens to the caller. In cookie mode the refresh token is in its cookie, else in the body.
 *
 * A session with a successor sets no cookie. The answer may arrive after that of the successor, and its cookie would
 * displace the one that goes on.
 */
function handOut(ctx: RequestContext, { superseded, ...pair }: TokenPair): Partial<TokenPair> {
  const cookie = ctx.cookies.refresh
  if (!cookie) return pair
  const { refresh, ...others } = pair
  if (!superseded) cookie.set(ctx.reply, refresh)
  return others
}
