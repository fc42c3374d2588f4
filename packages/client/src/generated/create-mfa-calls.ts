// Made from packages/contract by `npm run generate`; a change by hand is lost.

import type {
  PlainMfaOperations,
  PlainPasskeyOperations,
} from './operations.ts'
import type { SendRoute } from './routes.ts'

/** The operations on second factors that only send a request. */
export interface MfaCalls {
  readonly mfa: PlainMfaOperations
  readonly passkeys: PlainPasskeyOperations
}

/**
 * Creates the operations on second factors that only send a request.
 *
 * @param send - sends a request without a user
 * @param sendAsUser - sends a request as the signed-in user
 */
export function createMfaCalls(send: SendRoute, sendAsUser: SendRoute): MfaCalls {
  return {
    mfa: {
      status: () => sendAsUser('GET /mfa/'),
      setup: (input) => sendAsUser('POST /mfa/setup/', input),
      replaceRecoveryCodes: () => sendAsUser('POST /mfa/recovery-codes/'),
    },
    passkeys: {
      signInOptions: () => send('POST /passkeys/sign-in/options/'),
      registerOptions: (input) => sendAsUser('POST /passkeys/options/', input),
      rename: ({ id, name }) => sendAsUser('PATCH /passkeys/{id}/', { id, name }),
    },
  }
}
