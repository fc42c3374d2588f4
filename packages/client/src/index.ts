export { type ClientOptions, createClient, type LatchkeyClient } from './client.ts'
export type * from './generated/bodies.ts'
export type * from './generated/operations.ts'
export {
  ERROR_CODES,
  type ErrorDetails,
  type FieldErrors,
  isLatchkeyError,
  LatchkeyError,
  type LatchkeyErrorCode,
  type ProofMethod,
} from './http/error.ts'
export type { Reauthenticator } from './operations/call-as-user.ts'
export type * from './operations/operations.ts'
export type * from './operations/sign-in-results.ts'
export type { DeviceKey, KeyStore, PublicKey } from './session/key-store.ts'
export type { Mode } from './session/mode.ts'
export type { ClientSession } from './session/session.ts'
export type { SessionListener } from './session/session-observer.ts'
export type { Acr, SessionState, SignedIn, SignedOut, SignedOutReason } from './session/session-state.ts'
export { browserStorage, memoryStorage, type TokenStorage } from './session/storage.ts'
