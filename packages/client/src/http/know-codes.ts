import type { LatchkeyErrorCode } from './error.ts'
import { isObject, readRefusal } from './read-refusal.ts'
import type { Call } from './send.ts'

/**
 * Makes a call fail with the codes of an entry too. The main entry does not know them.
 *
 * @throws {LatchkeyError} by `send`
 */
export function knowCodes(call: Call, codes: readonly LatchkeyErrorCode[]): Call {
  return { ...call, peek: (response) => peek(call, codes, response) }
}

async function peek(call: Call, codes: readonly LatchkeyErrorCode[], response: Response): Promise<unknown> {
  if (response.ok) return call.peek?.(response)
  const body = await response.json().catch(() => undefined)
  const refusal = readRefusal(response, body)
  const code = isObject(body) ? body.code : undefined
  throw codes.includes(code as LatchkeyErrorCode) ? Object.assign(refusal, { code }) : refusal
}
