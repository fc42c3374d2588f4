import { cleanName } from '../../words/clean-name.ts'
import type { ProviderIdentity } from '../../words/provider-identity.ts'
import { judgeAddress } from './address-worth.ts'
import type { ProviderOptions } from './provider-settings.ts'
import type { ProviderFacts } from './way.ts'

/**
 * Makes the identity of what a provider said.
 *
 * @param context.domains - for whose addresses the provider vouches, unless the settings say it
 * @param context.names - what the caller said; they count where the provider names none: Apple
 */
export function toIdentity(
  facts: ProviderFacts,
  context: {
    options: ProviderOptions
    domains: readonly string[]
    names: { firstName?: string; lastName?: string }
  },
): ProviderIdentity {
  const { options, names } = context
  const address = judgeAddress(facts.email, {
    vouches: facts.vouches,
    domains: options.emailDomains ?? context.domains,
  })
  const isNamed = facts.firstName !== '' || facts.lastName !== ''
  return {
    provider: options.id,
    subject: facts.subject,
    formerSubject: facts.formerSubject,
    ...address,
    mayLink: options.mayLink,
    firstName: cleanName(isNamed ? facts.firstName : (names.firstName ?? '')),
    lastName: cleanName(isNamed ? facts.lastName : (names.lastName ?? '')),
  }
}
