import type { SignedIn } from '../session/session-state.ts'
import type {
  Detail,
  EmailChangeInput,
  LoginInput,
  NewPasswordInput,
  PageInput,
  PasswordChangeInput,
  RegisterInput,
  RegisterResult,
  SecurityEvent,
  SessionInfo,
  User,
  UserUpdate,
} from './bodies.ts'
import type { StaffOperations } from './staff-operations.ts'

/**
 * The operations of the server, with the field names of its REST contract.
 *
 * Every refusal, and every failure of the network, rejects with a `LatchkeyError`.
 */
export interface Operations {
  /** Signs up; with mandatory verification nobody is signed in until the mailed link was followed. */
  register(input: RegisterInput): Promise<RegisterResult>
  /** Signs in, in all tabs. */
  login(input: LoginInput): Promise<SignedIn>
  /**
   * Signs out, in all tabs.
   *
   * This program has forgotten the session whatever happens; when the server could not be told, it rejects.
   */
  logout(): Promise<void>
  /** Ends every session of the account, on all devices. */
  logoutAll(): Promise<void>
  readonly user: UserOperations
  readonly password: PasswordOperations
  readonly email: EmailOperations
  readonly registration: RegistrationOperations
  readonly sessions: SessionOperations
  readonly securityEvents: SecurityEventOperations
  readonly staff: StaffOperations
}

/** The person's own account. */
export interface UserOperations {
  get(): Promise<User>
  update(input: UserUpdate): Promise<User>
  /** Deletes the account and everything of it, for good. */
  delete(input: { password: string }): Promise<void>
}

/** The person's password. */
export interface PasswordOperations {
  /** Changes it; every other session ends. */
  change(input: PasswordChangeInput): Promise<Detail>
  /** Has a reset link mailed, if the address is known; the answer does not tell. */
  requestReset(input: { email: string }): Promise<Detail>
  /** Sets a new one and signs in, in a browser that followed a reset link. */
  setNew(input: NewPasswordInput): Promise<Detail>
}

/** The person's address. */
export interface EmailOperations {
  /** Has a link mailed to the new address; nothing changes until it is followed. */
  change(input: EmailChangeInput): Promise<Detail>
  /** Follows such a link, for an application with its own page for it. */
  confirmChange(input: { key: string }): Promise<void>
}

/** What follows a sign-up. */
export interface RegistrationOperations {
  /** Follows a verification link, for an application with its own page for it. */
  verify(input: { key: string }): Promise<void>
  /** Has another link mailed, if the address waits for one; the answer does not tell. */
  resend(input: { email: string }): Promise<Detail>
}

/** The person's sessions. */
export interface SessionOperations {
  list(): Promise<{ sessions: SessionInfo[] }>
  /** Ends one of them; ending this one signs out. */
  revoke(input: { id: string }): Promise<void>
}

/** What happened to the person's account. */
export interface SecurityEventOperations {
  /** The newest first; `next_cursor` leads to the next page and is null at the end. */
  list(input?: PageInput): Promise<{ events: SecurityEvent[]; next_cursor: string | null }>
}
