import type { LatchkeyClient } from '../client.ts'
import { MFA_REFUSAL_CODES } from '../generated/mfa-error-codes.ts'
import { createFailure } from '../http/error.ts'
import { knowCodes } from '../http/know-codes.ts'
import type { Call, Send } from '../http/send.ts'
import { raceWithin } from '../http/timing.ts'
import { createCallWithCodes } from '../operations/call-with-codes.ts'
import { partsOf } from '../operations/parts.ts'
import type { InternalSession } from '../session/session.ts'
import type { SignedIn } from '../session/session-state.ts'
import { hasTokens } from '../session/token-changes.ts'
import { tellChanges } from './tell-browser.ts'

/** The calls of a client that can be refused with the codes of second factors. */
export interface FactorCalls {
  session: InternalSession
  send: Send
  /** Sends a call as the signed-in user, or as the sign-in that must set up a factor. */
  sendAsUser: Send
  /** Makes a call whose answer has the tokens of a sign-in. */
  signIn<Answer>(call: Call): Promise<{ answer: Answer; signedIn: SignedIn }>
  /** Makes a call whose answer has the tokens of the session that follows. */
  replace<Answer>(call: Call): Promise<Answer>
  /** Requests tokens that say the level of the session. A failure is made good by the next refresh. */
  refreshLevel(): Promise<void>
}

/** A change of factors waits this long for its level: its answer may have recovery codes. */
const LEVEL_MILLISECONDS = 3_000

const known = new WeakMap<LatchkeyClient, FactorCalls>()

/** Returns the calls on second factors of a client, which all parts of a program share. */
export function factorCallsOf(client: LatchkeyClient): FactorCalls {
  const calls = known.get(client) ?? createFactorCalls(client)
  if (!known.has(client)) {
    known.set(client, calls)
    tellChanges(client, calls.sendAsUser)
  }
  return calls
}

function createFactorCalls(client: LatchkeyClient): FactorCalls {
  const { send: sendAny, callAsUser: callPlain, mode } = partsOf(client)
  const callAsUser = createCallWithCodes(callPlain, MFA_REFUSAL_CODES)
  const { withCookies } = mode
  const session = client.session as InternalSession
  let lastReplacement: Promise<unknown> = Promise.resolve()

  const send: Send = (call) => sendAny(knowCodes(call, MFA_REFUSAL_CODES))

  const sendAsUser: Send = (call) => {
    const { setup_challenge_id } = (call.fields ?? {}) as { setup_challenge_id?: string }
    // Beside an access token the challenge would be ignored.
    if (setup_challenge_id !== undefined) return send(call)
    return callAsUser((access) => send({ ...call, access }))
  }

  async function signIn<Answer>(call: Call): Promise<{ answer: Answer; signedIn: SignedIn }> {
    const answer = await session.signIn(() => send<Answer>({ ...call, withCookies, refreshes: null }))
    if (!hasTokens(answer)) throw createFailure('unexpected_answer')
    return { answer, signedIn: session.state as SignedIn }
  }

  // One after the other: of two answers at once, the cookie of one and the tokens of the other could be kept.
  function replace<Answer>(call: Call): Promise<Answer> {
    const turn = lastReplacement.then(() =>
      callAsUser((access) => session.replace(() => send<Answer>({ ...call, withCookies, access }))),
    )
    lastReplacement = turn.catch(() => {})
    return turn
  }

  async function refreshLevel(): Promise<void> {
    await raceWithin(LEVEL_MILLISECONDS, [session.refresh().catch(() => {})])
  }

  return { session, send, sendAsUser, signIn, replace, refreshLevel }
}
