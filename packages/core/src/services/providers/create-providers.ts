import type { Logger } from 'pino'
import type { Clock } from '../../database/clock.ts'
import { DomainError } from '../../words/errors.ts'
import { UNWATCHED, type Watch } from '../../words/watch.ts'
import { type OpenProvider, openProvider } from './open-provider.ts'
import { CredentialFault, ProviderDown } from './provider-faults.ts'
import { createProviderFetch, type Fetch } from './provider-fetch.ts'
import type { ProviderSettings } from './provider-settings.ts'
import type { Providers } from './providers.ts'
import { createIdTokenVerifier } from './verify-id-token.ts'

/** The providers as one call sees them: what is wrong with them is written into the log of the call. */
export type ProvidersOfCall = (log: Logger) => Providers

/**
 * Makes the providers of the settings. Nothing is asked before the first call.
 *
 * @param parts.fetch - replaces the network, in tests
 */
export function createProviders(
  settings: ProviderSettings,
  parts: { clock: Clock; watch?: Watch; fetch?: Fetch | undefined },
): ProvidersOfCall {
  const { callbackUrls } = settings
  const opened = openAll(settings, parts)
  return (log) => createProvidersOfCall(opened, { callbackUrls, log, watch: parts.watch ?? UNWATCHED })
}

function openAll(
  { providers, allowInsecureRequests }: ProviderSettings,
  parts: { clock: Clock; fetch?: Fetch | undefined },
): OpenProvider[] {
  const { clock } = parts
  const fetch = createProviderFetch({ fetch: parts.fetch, allowInsecureRequests })
  const verifyIdToken = createIdTokenVerifier(fetch)
  return providers.map((options) => openProvider(options, { fetch, verifyIdToken, clock }))
}

/** What a call needs beside the providers. */
interface CallParts {
  callbackUrls: readonly string[]
  log: Logger
  watch: Watch
}

function createProvidersOfCall(opened: OpenProvider[], parts: CallParts): Providers {
  async function ask<Answer>(id: string, work: (provider: OpenProvider) => Promise<Answer>): Promise<Answer> {
    const provider = opened.find(({ listed }) => listed.id === id)
    if (!provider) throw new DomainError('provider_not_configured')
    try {
      return await work(provider)
    } catch (error) {
      throw toRefusal(error, id, parts)
    }
  }

  return {
    list: () => opened.map(({ listed }) => listed),
    verifyTokens: (id, tokens) => ask(id, (provider) => provider.verifyTokens(tokens)),
    exchangeCode: (id, presented) =>
      ask(id, (provider) => {
        if (!parts.callbackUrls.includes(presented.callbackUrl))
          throw new DomainError('callback_url_not_allowed')
        return provider.exchangeCode(presented)
      }),
    describeStart: (id, start) => ask(id, (provider) => provider.describeStart(start)),
    finishRedirect: (id, finish) => ask(id, (provider) => provider.finishRedirect(finish)),
  }
}

/** The log has the reason. It is a word of ours, and never a part of a credential or of an answer. */
function toRefusal(error: unknown, provider: string, { log, watch }: CallParts): unknown {
  if (error instanceof CredentialFault) {
    log.info(
      { event: 'provider_credential_refused', provider, reason: error.message },
      'a credential was refused',
    )
    return new DomainError('invalid_social_token')
  }
  if (error instanceof ProviderDown) {
    watch.note('provider_failed', { provider })
    log.warn({ event: 'provider_unavailable', provider, reason: error.message }, 'a provider did not answer')
    return new DomainError('provider_unavailable')
  }
  return error
}
