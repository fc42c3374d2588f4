import type { Context } from '../../context.ts'
import { findTakenAddress } from '../../steps/find-taken-address.ts'
import type { FieldFaults } from '../../words/errors.ts'
import { findPasswordFaults } from '../../words/password-rules.ts'
import { SENTENCES } from '../../words/sentences.ts'

/** The fields of a sign-up. */
export interface Registration {
  /** Normalised. */
  email: string
  /** NFC-normalised, as all passwords. */
  password1: string
  password2: string
  /** Trimmed; may be blank unless the operator requires names. */
  firstName: string
  lastName: string
  /** As sent: a language tag, or null for the default language. Without it `Accept-Language` decides. */
  language?: string | null
  /** The allowed address that the verification link leads on to. */
  redirectTo?: string
}

/**
 * Finds all faults of a sign-up. Nothing is hashed.
 *
 * The address is looked up only where the answer may say that it is taken. Elsewhere every address costs the same work.
 *
 * @param given - normalised, without the fields that were refused for their form
 */
export async function findSignUpFaults(ctx: Context, given: Partial<Registration>): Promise<FieldFaults> {
  const { email, password1, password2, firstName = '', lastName = '' } = given
  const weak =
    password1 === undefined
      ? []
      : await findPasswordFaults(password1, { email: email ?? '', firstName, lastName })
  const differ = password1 !== undefined && password2 !== undefined && password1 !== password2
  const taken = mayTellTaken(ctx) ? await findTakenAddress(ctx, email) : {}
  return {
    ...taken,
    ...(weak.length > 0 && { password1: weak }),
    ...(differ && { nonFieldErrors: [SENTENCES.passwordsDiffer] }),
  }
}

function mayTellTaken({ config }: Context): boolean {
  return config.emailVerification !== 'mandatory' || !config.preventEnumeration
}
