import type { ProviderIdentity } from '../../src/words/provider-identity.ts'

let subjects = 0

/** Makes what a provider says of an account: a new subject of `google` that vouches for its address. */
export function identityOf(said: Partial<ProviderIdentity> & { email: string | null }): ProviderIdentity {
  return {
    provider: 'google',
    subject: `subject-${++subjects}`,
    formerSubject: null,
    isVouched: said.email !== null,
    mayLink: true,
    firstName: 'Ada',
    lastName: 'Lovelace',
    ...said,
  }
}
