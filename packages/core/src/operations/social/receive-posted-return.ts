import type { Context } from '../../context.ts'
import { storeNames } from '../../tables/provider-attempts/statements.ts'
import { cleanName } from '../../words/clean-name.ts'
import { type ReturnedRedirect, readPresented } from './finish-redirect.ts'

/** What a provider may post that its answer by GET has too. */
const KEPT = ['code', 'state', 'iss', 'error']

/**
 * Receives what a provider posts from its own site (`form_post`). A `Lax` cookie does not come with that request, so it
 * looks nothing up but the attempt, in which it keeps the names.
 *
 * @returns the query of the same path, to which the browser is sent with its cookie; null when no attempt waits
 */
export async function receivePostedReturn(
  ctx: Context,
  posted: Pick<ReturnedRedirect, 'provider' | 'parameters'>,
): Promise<URLSearchParams | null> {
  const presented = readPresented(posted)
  if (!presented) return null
  const { stateHash, provider } = presented
  const names = readNames(posted.parameters.get('user'))
  if (!(await storeNames(ctx.db, ctx.clock, { stateHash, provider, ...names }))) return null
  // A doubled parameter stays doubled, so that it is refused where the cookie is.
  return new URLSearchParams([...posted.parameters].filter(([name]) => KEPT.includes(name)))
}

/** Reads the names of Apple's `user`: `{"name":{"firstName":"Ada","lastName":"Lovelace"}}`. */
function readNames(user: string | null): { firstName: string; lastName: string } {
  const { name } = readObject(user ?? '')
  const { firstName, lastName } = typeof name === 'object' && name !== null ? (name as Names) : {}
  return { firstName: readName(firstName), lastName: readName(lastName) }
}

interface Names {
  firstName?: unknown
  lastName?: unknown
}

function readObject(text: string): { name?: unknown } {
  try {
    return (JSON.parse(text) as { name?: unknown } | null) ?? {}
  } catch {
    return {}
  }
}

function readName(value: unknown): string {
  return typeof value === 'string' ? cleanName(value) : ''
}
