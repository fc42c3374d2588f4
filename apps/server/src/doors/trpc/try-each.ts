import { DomainError } from '@latchkey/core'

/**
 * The refusals of one token, which say nothing about another token.
 *
 * `use_dpop_nonce` and `idempotency_key_reused` are not among them. They ask a caller that holds a good token for the same
 * request in another form, and another token would move it to another session.
 */
const OF_ONE_TOKEN = new Set([
  'token_not_valid',
  'invalid_refresh_token',
  'session_expired',
  'email_not_verified',
  'throttled',
  'invalid_refresh_proof',
])
/** The refusals of a token that may work later, or with another key. */
const OF_GOOD_TOKEN = new Set(['email_not_verified', 'throttled', 'invalid_refresh_proof'])

/**
 * Handles the inputs one after the other until one succeeds. Each has another refresh token of the same browser.
 *
 * @param options.all - whether the later ones are handled after a success too: signing out ends every session of the
 * browser
 * @returns the first result
 * @throws what was thrown for the first input, when none succeeds; a token that may work later comes before
 */
export async function tryEach<Input, Result>(
  inputs: Input[],
  handle: (input: Input) => Promise<Result>,
  { all }: { all: boolean },
): Promise<Result> {
  const results: Result[] = []
  const refusals: DomainError[] = []
  for (const input of inputs) {
    try {
      results.push(await handle(input))
      if (!all) break
    } catch (error) {
      if (!(error instanceof DomainError) || !OF_ONE_TOKEN.has(error.code)) throw error
      refusals.push(error)
    }
  }
  if (results.length > 0) return results[0] as Result
  throw refusals.find(({ code }) => OF_GOOD_TOKEN.has(code)) ?? refusals[0]
}
