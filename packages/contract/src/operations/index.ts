import { authOperations } from './auth.ts'
import { emailOperations } from './email.ts'
import { mfaOperations } from './mfa.ts'
import { passkeyOperations } from './passkeys.ts'
import { passwordOperations } from './password.ts'
import { registrationOperations } from './registration.ts'
import { securityOperations } from './security.ts'
import { sessionOperations } from './sessions.ts'
import { socialOperations } from './social.ts'
import { socialRedirectOperations } from './social-redirect.ts'
import { staffOperations } from './staff.ts'
import { staffSessionOperations } from './staff-sessions.ts'
import { userOperations } from './user.ts'

/** Every operation of the server. Core, procedures and tests use the same names. The document keeps this order. */
export const operations = {
  ...authOperations,
  ...mfaOperations,
  ...passkeyOperations,
  ...socialOperations,
  ...socialRedirectOperations,
  ...registrationOperations,
  ...passwordOperations,
  ...emailOperations,
  ...userOperations,
  ...sessionOperations,
  ...securityOperations,
  ...staffOperations,
  ...staffSessionOperations,
}

/** The name of an operation. */
export type OperationName = keyof typeof operations
