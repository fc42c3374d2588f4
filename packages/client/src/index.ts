export type * from './bodies.ts'
export { type ClientOptions, createClient, type LatchkeyClient } from './client.ts'
export {
  ERROR_CODES,
  type ErrorDetails,
  type FieldErrors,
  isLatchkeyError,
  LatchkeyError,
  type LatchkeyErrorCode,
} from './error.ts'
export type { Mode } from './exchange.ts'
export type * from './operations.ts'
export type { ClientSession } from './session.ts'
export type * from './staff-bodies.ts'
export type {
  StaffEventOperations,
  StaffOperations,
  StaffSessionOperations,
  StaffUserFilter,
  StaffUserOperations,
} from './staff-operations.ts'
export type { SessionState, SignedIn } from './state.ts'
export { browserStorage, memoryStorage, type TokenStorage } from './storage.ts'
export type { SessionListener } from './watch.ts'
