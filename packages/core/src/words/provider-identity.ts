/** Whom a provider named. */
export interface ProviderIdentity {
  provider: string
  subject: string
  formerSubject: string | null
  email: string | null
  isVouched: boolean
  mayLink: boolean
  firstName: string
  lastName: string
}
