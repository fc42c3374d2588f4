import type {
  Detail,
  LoginInput,
  NewPasswordInput,
  PasswordChangeInput,
  RegisterInput,
} from '../generated/bodies.ts'
import type {
  PlainOperations,
  PlainPasswordOperations,
  PlainSessionOperations,
  PlainUserOperations,
} from '../generated/operations.ts'
import type { RegisterResult, SignInResult } from './sign-in-results.ts'

/**
 * The operations of the server, with the field names of its REST contract.
 *
 * An operation rejects with a `LatchkeyError` after a refusal and after a failure of the network.
 */
export interface Operations extends PlainOperations {
  /** Signs a user up. With mandatory verification, the user must follow the mailed link before the first sign-in. */
  register(input: RegisterInput): Promise<RegisterResult>
  /** Signs a user in, in all tabs, or says what is missing for that. */
  login(input: LoginInput): Promise<SignInResult>
  /**
   * Signs the user out, in all tabs.
   *
   * The client always forgets the session. It rejects when the request to the server has failed.
   */
  logout(): Promise<void>
  /** Ends every session of the user, on all devices. */
  logoutAll(): Promise<void>
  readonly user: UserOperations
  readonly password: PasswordOperations
  readonly sessions: SessionOperations
}

/** The own user. */
export interface UserOperations extends PlainUserOperations {
  /** Deletes the user and all data of the user, and signs out. A user without a password leaves it out. */
  delete(input: { password?: string }): Promise<void>
}

/** The password of the user. */
export interface PasswordOperations extends PlainPasswordOperations {
  /** Changes the password, and ends every other session. */
  change(input: PasswordChangeInput): Promise<Detail>
  /**
   * Sets a new password and signs the user in, or says what is missing for that: the password is set in any case.
   *
   * Without a `token` the browser must have followed a reset link before.
   */
  setNew(input: NewPasswordInput): Promise<SignInResult>
}

/** The sessions of the user. */
export interface SessionOperations extends PlainSessionOperations {
  /** Ends one session. If it is the current session, the user is signed out. */
  revoke(input: { id: string }): Promise<void>
}
