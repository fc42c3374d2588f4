import type { Context } from '../../context.ts'
import type { RedirectStart } from '../../services/providers/providers.ts'
import { hashLinkSecret, isLinkSecret, newLinkSecret } from '../../steps/link-secret.ts'
import { insertAttempt } from '../../tables/provider-attempts/statements.ts'
import { DomainError, type FieldErrors } from '../../words/errors.ts'
import { createReturnJudge, fillReturn } from '../../words/return-url.ts'
import { SENTENCES, tooLong } from '../../words/sentences.ts'
import { MINUTE_SECONDS } from '../../words/time.ts'
import { deriveAttemptSecrets, markAttempt } from './attempt-secrets.ts'
import { describeCallback } from './describe-callback.ts'

/** How long a browser may stay with the provider. */
export const ATTEMPT_LIFETIME_SECONDS = 10 * MINUTE_SECONDS

const HINT_MAX_CHARACTERS = 320
/** The values of OpenID Connect Core section 3.1.2.1, of which several may stand together. */
const PROMPT = /^(?:none|(?:login|consent|select_account)(?: (?:login|consent|select_account))*)$/
const PRINTABLE = /^\P{Cc}*$/u

/** What the link of an app asks for. Nothing of it is trusted. */
export interface WantedRedirect {
  provider: string
  returnTo: string | undefined
  /** The S256 of the app's verifier. */
  codeChallenge: string | undefined
  prompt?: string | undefined
  loginHint?: string | undefined
}

/** Where the browser goes, and what its cookie holds until it comes back. */
export interface StartedRedirect {
  /** The address of the provider; that of the app when the provider is not to be had. */
  location: string
  /** Null: nothing began. */
  attempt: {
    /** The mark in the name of the cookie. */
    mark: string
    /** 32 random bytes in base64url, 43 characters. */
    browserSecret: string
  } | null
}

/**
 * Begins a sign-in with a provider: stores one attempt, and describes the address of the provider.
 *
 * A provider that is down, or that the settings name no more, is told to the app, which can offer another way. The address of
 * the app was judged before.
 *
 * @throws {DomainError} `invalid` - `return_to` is not allowed, or there is no S256 challenge; nothing was written
 */
export async function startRedirect(ctx: Context, wanted: WantedRedirect): Promise<StartedRedirect> {
  const { provider, prompt, loginHint } = wanted
  const { returnTo, codeChallenge } = readWanted(ctx, wanted)
  const [state, browserSecret] = [newLinkSecret(), newLinkSecret()]
  const address = await findAddress(ctx, provider, {
    state,
    ...deriveAttemptSecrets(browserSecret),
    redirectUri: describeCallback(ctx, provider),
    ...(prompt && { prompt }),
    ...(loginHint && { loginHint }),
  })
  if ('error' in address) return { location: fillReturn(returnTo, address), attempt: null }
  await insertAttempt(ctx.db, ctx.clock, {
    stateHash: hashLinkSecret(state),
    provider,
    returnTo,
    codeChallenge,
    browserHash: hashLinkSecret(browserSecret),
    lifetimeSeconds: ATTEMPT_LIFETIME_SECONDS,
  })
  return { location: address.href, attempt: { mark: markAttempt(state), browserSecret } }
}

async function findAddress(
  ctx: Context,
  provider: string,
  start: RedirectStart,
): Promise<{ href: string } | { error: string }> {
  try {
    const { href } = await ctx.providers.describeStart(provider, start)
    return { href }
  } catch (error) {
    if (error instanceof DomainError) return { error: error.code }
    throw error
  }
}

/** Reads what decides where the outcome goes, and who can use it. Every fault is named at once. */
function readWanted(ctx: Context, wanted: WantedRedirect): { returnTo: string; codeChallenge: string } {
  const { codeChallenge = '', prompt = '', loginHint = '' } = wanted
  const returnTo = createReturnJudge(ctx.config.providerReturnUrls)(wanted.returnTo ?? '')
  const faults: FieldErrors = {}
  if (returnTo === null)
    faults.return_to = [wanted.returnTo === undefined ? SENTENCES.required : SENTENCES.notAReturn]
  // A challenge of S256 has the shape of a link's secret: 32 bytes in base64url.
  if (!isLinkSecret(codeChallenge))
    faults.code_challenge = [
      wanted.codeChallenge === undefined ? SENTENCES.required : SENTENCES.notAChallenge,
    ]
  if (prompt !== '' && !PROMPT.test(prompt)) faults.prompt = [SENTENCES.notAPrompt]
  if (loginHint.length > HINT_MAX_CHARACTERS) faults.login_hint = [tooLong(HINT_MAX_CHARACTERS)]
  else if (!PRINTABLE.test(loginHint)) faults.login_hint = [SENTENCES.controlCharacters]
  if (returnTo === null || Object.keys(faults).length > 0)
    throw new DomainError('invalid', { fields: faults })
  return { returnTo, codeChallenge }
}
