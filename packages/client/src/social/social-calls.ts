import type { LatchkeyClient } from '../client.ts'
import { SOCIAL_REFUSAL_CODES } from '../generated/social-error-codes.ts'
import { createFailure } from '../http/error.ts'
import { knowCodes } from '../http/know-codes.ts'
import type { Call, Send } from '../http/send.ts'
import { createCallWithCodes } from '../operations/call-with-codes.ts'
import { describeNextStep } from '../operations/describe-next-step.ts'
import { partsOf } from '../operations/parts.ts'
import type { SignInResult } from '../operations/sign-in-results.ts'
import type { InternalSession } from '../session/session.ts'
import type { SignedIn } from '../session/session-state.ts'
import { hasTokens } from '../session/token-changes.ts'

/** The calls of a client that can be refused with the codes of accounts at other providers. */
export interface SocialCalls {
  send: Send
  /** Sends a call as the signed-in user. */
  sendAsUser: Send
  /** Makes a call that signs in, or says the next step. */
  signIn(call: Call): Promise<SignInResult>
  /** Makes a call whose answer has the tokens of the session that follows. */
  replace(call: Call): Promise<unknown>
}

/** Creates the calls of the entry. */
export function createSocialCalls(client: LatchkeyClient): SocialCalls {
  const { send: sendAny, callAsUser, mode } = partsOf(client)
  const { withCookies } = mode
  const session = client.session as InternalSession
  const send: Send = (call) => sendAny(knowCodes(call, SOCIAL_REFUSAL_CODES))
  const asUser = createCallWithCodes(callAsUser, SOCIAL_REFUSAL_CODES)

  async function signIn(call: Call): Promise<SignInResult> {
    const answer = await session.signIn(() => send({ ...call, withCookies, refreshes: null }))
    return hasTokens(answer) ? (session.state as SignedIn) : (describeNextStep(answer, false) as SignInResult)
  }

  return {
    send,
    sendAsUser: (call) => asUser((access) => send({ ...call, access })),
    signIn,
    replace: (call) => asUser((access) => session.replace(() => send({ ...call, withCookies, access }))),
  }
}

/** Reads an answer that is a list. What is no list is not from the server. */
export async function readList(response: Response): Promise<unknown[]> {
  const body = await response.json().catch(() => undefined)
  if (Array.isArray(body)) return body
  throw createFailure('unexpected_answer', { status: response.status })
}
