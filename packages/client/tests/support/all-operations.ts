import type { LatchkeyClient } from '../../src/index.ts'
import { confirmEmailChange, verifyEmail } from '../../src/links/index.ts'
import { createMfaOperations } from '../../src/mfa/index.ts'
import { createSocialOperations } from '../../src/social/index.ts'
import { createStaffOperations } from '../../src/staff/index.ts'

/** Puts the operations of every entry at their places of the contract: `staff.users.list`, `registration.verify`. */
export function collectOperations(client: LatchkeyClient) {
  const verify = (input: { key: string }) => verifyEmail(client, input)
  const confirmChange = (input: { key: string }) => confirmEmailChange(client, input)
  const social = createSocialOperations(client)
  const session = ({ code, code_verifier }: { code: string; code_verifier: string }) =>
    social.finish({ purpose: 'sign_in', verifier: code_verifier }, `com.example.app:/?code=${code}`)
  return {
    ...client,
    ...createMfaOperations(client),
    social: { ...social, session },
    staff: createStaffOperations(client),
    registration: { ...client.registration, verify },
    email: { ...client.email, confirmChange },
  }
}
