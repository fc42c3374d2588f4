import { refusesTokenOfAny } from '../http/raw-refusal.ts'
import { raceWithin } from '../http/timing.ts'
import { readBeginning } from './read-beginning.ts'

/** What an answer says of the access token that was sent. */
export interface Verdict {
  isRefused: boolean
  /** The answer is from tRPC, where other calls of the same request may have been performed. */
  isTrpc: boolean
}

/** A refusal is short, and comes with its headers. An answer without an end must not hold the call. */
const MAX_BYTES = 262_144
const MAX_MILLISECONDS = 1_000
/** A code; in an answer of tRPC with its status. */
const CODE = /"code"\s*:\s*"(\w+)"(\s*,\s*"httpStatus"\s*:\s*401\b)?/g
/** Services of others say only in this header that the user must prove something first: RFC 9470. */
const STEP_UP = /\berror="?insufficient_user_authentication\b/
/** The number that tRPC gives an error. */
const TRPC_ERROR = /"code"\s*:\s*-32\d{3}\b/

/**
 * Reads what an answer says of the access token, from the beginning of the answer.
 *
 * An answer with another status than 401 is one of tRPC, to several calls.
 */
export async function readVerdict(response: Response): Promise<Verdict> {
  const is401 = response.status === 401
  const text = await peek(response).catch(() => '')
  const codes = [...text.matchAll(CODE)].filter((match) => is401 || match[2]).map(([, code]) => code)
  const isStepUp = STEP_UP.test(response.headers.get('www-authenticate') ?? '')
  const isRefused = !isStepUp && (codes.some(refusesTokenOfAny) || (is401 && !codes[0]))
  return { isRefused, isTrpc: TRPC_ERROR.test(text) }
}

/** Reads the beginning of an answer, and leaves the answer itself unread for the caller. */
async function peek(response: Response): Promise<string> {
  const copy = response.clone()
  // React Native has no streams, and has the whole text already.
  if (!copy.body) return copy.text()
  const { ended, cancel, blob } = readBeginning(copy.body, MAX_BYTES)
  await raceWithin(MAX_MILLISECONDS, [ended])
  cancel()
  return blob().text()
}
