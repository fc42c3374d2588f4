import { spellFirebase } from '../../../words/foreign-hashes/read-firebase.ts'
import type { Fields } from '../records.ts'
import { fromMilliseconds, type Likeness, listFields, listRemarks } from './fields.ts'

/** The parameters of a Firebase project's hashes, from its console. The signer key is a setting of the server. */
export interface FirebaseParameters {
  rounds: number
  memCost: number
  /** Base64. */
  saltSeparator: string
}

/** Makes the reader of a user of `firebase auth:export`, as JSON. */
export function fromFirebase(parameters: FirebaseParameters): (given: Fields) => Likeness {
  return (given) => {
    const fields = {
      external_id: given.localId,
      email: given.email,
      email_verified: given.emailVerified,
      name: given.displayName,
      is_active: given.disabled !== true,
      created_at: fromMilliseconds(given.createdAt),
      last_login: fromMilliseconds(given.lastSignedInAt),
      password_hash: spell(given, parameters),
    }
    const social = listFields(given.providerUserInfo).some(({ providerId }) => providerId !== 'password')
    return { fields, remarks: listRemarks({ social, mfa_unreadable: listFields(given.mfaInfo).length > 0 }) }
  }
}

function spell({ passwordHash: hash, salt }: Fields, parameters: FirebaseParameters): string {
  return typeof hash === 'string' && hash !== '' && typeof salt === 'string'
    ? spellFirebase({ ...parameters, salt, hash })
    : ''
}
