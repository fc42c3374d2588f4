export {
  createGuards,
  type Guard,
  type GuardContext,
  type Guards,
  type LatchkeyVariables,
} from './hono.ts'
export type { Identity, TokenPayload } from './identity.ts'
export { ACCESS_REFUSALS, AccessRefusal, type AccessRefusalCode, type TokenFault } from './refusal.ts'
export { requireRole, requireVerifiedEmail, STAFF, SUPERUSER } from './require.ts'
export { createVerifier, type Verifier, type VerifierOptions } from './verifier.ts'
