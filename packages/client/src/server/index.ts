export {
  createGuards,
  type Guard,
  type GuardContext,
  type Guards,
  type LatchkeyVariables,
} from './hono.ts'
export type { Acr, Identity, TokenPayload } from './identity.ts'
export { type RecentAuthentication, requireRecentAuthentication } from './recent-authentication.ts'
export {
  ACCESS_REFUSALS,
  AccessRefusal,
  type AccessRefusalCode,
  type RefusalDetails,
  type TokenFault,
  type WantedAuthentication,
} from './refusal.ts'
export { requireRole, requireVerifiedEmail, STAFF, SUPERUSER } from './require.ts'
export { createVerifier, type Verifier, type VerifierOptions } from './verifier.ts'
