/** What a provider said about a person, after every check. Nothing of it is stored before an operation decides so. */
export interface ProviderIdentity {
  /** The id of the provider in the settings: `google`, `acme`. */
  provider: string
  /** The one lasting name of the person at this provider; Microsoft: `tid:oid`. */
  subject: string
  /** Microsoft: the `oid` alone, as connections that were moved in hold it; null for all other providers. */
  formerSubject: string | null
  /** The address in its normal form; null when the provider named none, or a text that is no address. */
  email: string | null
  /** Whether the provider vouches that {@link email} belongs to the person. False without an address. */
  isVouched: boolean
  /** Whether a vouched address may connect an account that exists: `PROVIDER_<NAME>_LINK`. */
  mayLink: boolean
  /** Cleaned like a name that a person types; empty when the provider named none. */
  firstName: string
  lastName: string
}
