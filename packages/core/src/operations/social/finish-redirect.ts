import type { Context } from '../../context.ts'
import { hashLinkSecret, isLinkSecret, newLinkSecret } from '../../steps/link-secret.ts'
import {
  findReturn,
  isWaiting,
  type PresentedAttempt,
  storeOutcome,
  type TakenAttempt,
  takeAttempt,
} from '../../tables/provider-attempts/statements.ts'
import { DomainError } from '../../words/errors.ts'
import { fillReturn } from '../../words/return-url.ts'
import { MINUTE_SECONDS } from '../../words/time.ts'
import { deriveAttemptSecrets } from './attempt-secrets.ts'
import { describeCallback } from './describe-callback.ts'
import { findRefusal } from './provider-refusal.ts'

/** How long the app may take to redeem the code. It does so as soon as its page has loaded. */
export const CODE_LIFETIME_SECONDS = MINUTE_SECONDS

/** A request that comes back from a provider. */
export interface ReturnedRedirect {
  provider: string
  /** The parameters as they came. Doubled ones are refused. */
  parameters: URLSearchParams
  /** The value of the cookie of the attempt; null without one. */
  browserSecret: string | null
}

/**
 * Where the browser goes. `over`: no attempt of this browser is known by this state. `elsewhere`: one waits, and another
 * browser began it.
 */
export type FinishedRedirect = { location: string } | { location: null; reason: 'over' | 'elsewhere' }

/**
 * Takes a browser back from a provider, and sends it on with a code for the app.
 *
 * There is no session yet: whoever has the verifier of the app redeems the code, so a code in a link signs nobody in.
 * State, provider, browser, use and time are conditions of the statement that uses the attempt up. The browser that began an
 * attempt which is used or expired goes back to its app, with `challenge_invalid`: an answer to it may have been lost.
 *
 * @see RFC 9700 section 4.7
 */
export async function finishRedirect(ctx: Context, returned: ReturnedRedirect): Promise<FinishedRedirect> {
  const { parameters, browserSecret } = returned
  const presented = readPresented(returned)
  if (!presented) return { location: null, reason: 'over' }
  if (browserSecret === null) return refuse(ctx, presented)
  const own = { ...presented, browserHash: hashLinkSecret(browserSecret) }
  const attempt = await takeAttempt(ctx.db, ctx.clock, own)
  if (attempt) {
    const outcome = await ask(ctx, { parameters, browserSecret, attempt, ...presented })
    return { location: fillReturn(attempt.returnTo, outcome) }
  }
  const returnTo = await findReturn(ctx.db, own)
  if (returnTo === null) return refuse(ctx, presented)
  return { location: fillReturn(returnTo, { error: 'challenge_invalid' }) }
}

async function refuse(ctx: Context, presented: PresentedAttempt): Promise<FinishedRedirect> {
  const isElsewhere = await isWaiting(ctx.db, ctx.clock, presented)
  return { location: null, reason: isElsewhere ? 'elsewhere' : 'over' }
}

/** Reads what names the attempt; null without exactly one state of ours. */
export function readPresented(
  returned: Pick<ReturnedRedirect, 'provider' | 'parameters'>,
): (PresentedAttempt & { state: string }) | null {
  const [state, ...others] = returned.parameters.getAll('state')
  if (state === undefined || others.length > 0 || !isLinkSecret(state)) return null
  return { state, stateHash: hashLinkSecret(state), provider: returned.provider }
}

/** Asks the provider who came back. A refusal is told to the app, which can offer another way. */
async function ask(
  ctx: Context,
  used: ReturnedRedirect & { browserSecret: string; attempt: TakenAttempt; state: string; stateHash: string },
): Promise<{ code: string } | { error: string }> {
  const { provider, parameters, browserSecret, attempt, state, stateHash } = used
  const refusal = findRefusal(parameters)
  if (refusal !== null) return { error: refusal }
  try {
    const { firstName, lastName } = attempt
    const identity = await ctx.providers.finishRedirect(provider, {
      parameters,
      state,
      ...deriveAttemptSecrets(browserSecret),
      redirectUri: describeCallback(ctx, provider),
      firstName,
      lastName,
    })
    const code = newLinkSecret()
    const codeHash = hashLinkSecret(code)
    const lifetimeSeconds = CODE_LIFETIME_SECONDS
    await storeOutcome(ctx.db, ctx.clock, { stateHash, codeHash, identity, lifetimeSeconds })
    return { code }
  } catch (error) {
    if (error instanceof DomainError) return { error: error.code }
    throw error
  }
}
