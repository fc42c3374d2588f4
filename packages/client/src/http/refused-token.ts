import { refusesToken } from './read-refusal.ts'
import { raceWithin } from './timing.ts'

/** What an answer says of the access token that was sent. */
export interface Verdict {
  isRefused: boolean
  /** The answer is from tRPC, where other calls of the same request may have been performed. */
  isTrpc: boolean
}

/** A refusal is short. An answer without an end must not hold the call, or fill the memory. */
const MAX_CHARACTERS = 262_144
/** A code; in an answer of tRPC with its status. */
const CODE = /"code"\s*:\s*"(\w+)"(\s*,\s*"httpStatus"\s*:\s*401\b)?/g
/** The number that tRPC gives an error. */
const TRPC_ERROR = /"code"\s*:\s*-32\d{3}\b/

/**
 * Reads what an answer says of the access token, from the beginning of the answer.
 *
 * An answer with another status than 401 is one of tRPC, to several calls.
 */
export async function readVerdict(response: Response, milliseconds: number): Promise<Verdict> {
  const is401 = response.status === 401
  const text = await peek(response, milliseconds)
  const codes = [...text.matchAll(CODE)].filter((match) => is401 || match[2]).map(([, code]) => code)
  const isRefused = codes.some(refusesToken) || (is401 && codes.length === 0)
  return { isRefused, isTrpc: TRPC_ERROR.test(text) }
}

/** Reads the beginning of an answer, and leaves the answer itself unread for the caller. */
async function peek(response: Response, milliseconds: number): Promise<string> {
  let text = ''
  let cancel = () => {}

  async function read(): Promise<void> {
    const copy = response.clone()
    const reader = copy.body?.getReader()
    // React Native has no streams, and has the whole text already.
    if (!reader) text = await copy.text()
    // The promise settles only when the caller has read the answer too.
    cancel = () => void reader?.cancel().catch(() => {})
    while (reader && text.length < MAX_CHARACTERS) {
      const { value, done } = await reader.read()
      if (done) return
      // The codes are ASCII, so a character that lies in two chunks does no harm.
      text += new TextDecoder().decode(value)
    }
  }

  await raceWithin(milliseconds, [read().catch(() => {})])
  cancel()
  return text
}
