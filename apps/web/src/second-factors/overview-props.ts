import type { SecondFactorOperations } from '@latchkey/client/mfa'
import type { Sentence } from '../languages/create-messages.ts'
import type { Provisioning } from './app-set-up.tsx'

type MfaOperations = SecondFactorOperations['mfa']
type PasskeyOperations = SecondFactorOperations['passkeys']

/** What the server says about the second steps of the user. */
export interface SecondFactors {
  /** Null where second steps are disabled. */
  status: Awaited<ReturnType<MfaOperations['status']>> | null
  authenticators: Awaited<ReturnType<MfaOperations['authenticators']>>
  /** Null where passkeys are disabled. */
  passkeys: Awaited<ReturnType<PasskeyOperations['list']>>['passkeys'] | null
}

/** What the sections of the overview tell the screen. */
export interface OverviewProps {
  onApp: (provisioning: Provisioning) => void
  /** New codes are shown first. Without new codes it is a change like any other. */
  onCodes: (codes: readonly string[] | undefined, notice: Sentence) => void
  onChange: (notice: Sentence) => void
}
