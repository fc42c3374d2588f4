import { DomainError, type Providers, type RefusalCode } from '@latchkey/core'

/** What the provider says of an account. */
export interface Said {
  subject: string
  email?: string | null
  isVouched?: boolean
  firstName?: string
}

const REFUSAL = /^refuse (\w+)$/

/** Writes a credential of {@link WORD_PROVIDER}. */
export function say(said: Said): string {
  return JSON.stringify(said)
}

async function read(provider: string, credential: string | undefined) {
  if (provider !== 'google') throw new DomainError('provider_not_configured')
  if (credential === undefined) throw new DomainError('token_required')
  const code = REFUSAL.exec(credential)?.[1]
  if (code !== undefined) throw new DomainError(code as RefusalCode)
  if (!credential.startsWith('{')) throw new DomainError('invalid_social_token')
  const { subject, email = null, isVouched = email !== null, firstName = '' }: Said = JSON.parse(credential)
  const said = { provider, subject, formerSubject: null, email, isVouched, mayLink: true }
  return { ...said, firstName, lastName: '' }
}

/** A provider whose credentials are what it says in clear words. It stands for one where the verification is not meant. */
export const WORD_PROVIDER: Providers = {
  list: () => [{ id: 'google', name: 'Google', clientId: 'google-web' }],
  verifyTokens: (provider, { idToken, accessToken }) => read(provider, idToken ?? accessToken),
  exchangeCode: (provider, { code }) => read(provider, code),
  describeStart: async (_, { redirectUri, state }) => new URL(`${redirectUri}?state=${state}`),
  finishRedirect: (provider, { parameters }) => read(provider, parameters.get('code') ?? undefined),
}
