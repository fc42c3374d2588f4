import type {
  Authenticator,
  Detail,
  ListPasskeysAnswer,
  PasskeyRequest,
  ReauthenticateInput,
  RegisterPasskeyAnswer,
  RegisterPasskeyInput,
} from '../generated/bodies.ts'
import type { PlainMfaOperations, PlainPasskeyOperations } from '../generated/operations.ts'
import type { SignedIn } from '../session/session-state.ts'

/** The operations on second factors. */
export interface SecondFactorOperations {
  readonly mfa: MfaOperations
  readonly passkeys: PasskeyOperations
  /**
   * Confirms by exactly one proof that it is the user, so that operations which ask for a recent proof work.
   *
   * The session goes on under new tokens, in all tabs.
   */
  reauthenticate(input: ReauthenticateInput): Promise<Detail>
  /** Asks what the browser must ask a passkey for, to confirm with it. */
  reauthenticateOptions(): Promise<{ options: PasskeyRequest }>
}

/** The answer of `navigator.credentials.get`, by `toJSON()`. */
export type PasskeyCredential = NonNullable<ReauthenticateInput['credential']>

/** A change of the second factors. */
export interface FactorChange {
  success: true
  /** Ten codes, shown once, when the change turned the second factor on. */
  recovery_codes?: string[]
}

/** The authenticator app and the recovery codes. */
export interface MfaOperations extends PlainMfaOperations {
  /** Lists the authenticator app, the recovery codes and the passkeys, the oldest first. */
  authenticators(): Promise<Authenticator[]>
  /**
   * Puts an authenticator app in force by its first code. With the `setup_challenge_id` of a sign-in it signs the user
   * in, in all tabs.
   */
  activate(input: { code: string; setup_challenge_id?: string }): Promise<FactorChange>
  /** Completes a sign-in with a code of an authenticator app. */
  verify(input: { challenge_id: string; code: string }): Promise<SignedIn>
  /** Completes a sign-in with a recovery code. */
  verifyRecovery(input: { challenge_id: string; recovery_code: string }): Promise<SignedIn>
  /** Completes a sign-in with a passkey. `verify` of `@latchkey/client/passkeys` asks the browser for it. */
  verifyPasskey(input: { challenge_id: string; credential: PasskeyCredential }): Promise<SignedIn>
  /** Asks for the passkey at each sign-in with the password. */
  enable(): Promise<FactorChange>
  /** Turns the second factor off. Passkeys stay, and still sign in. A user without a password leaves it out. */
  deactivate(input: { password?: string }): Promise<{ success: true }>
}

/** The passkeys of the user. `@latchkey/client/passkeys` asks the browser for what these operations send. */
export interface PasskeyOperations extends PlainPasskeyOperations {
  /** Signs in with a passkey, in all tabs. */
  signIn(input: { credential: PasskeyCredential }): Promise<SignedIn>
  /** Adds a passkey. With the `setup_challenge_id` of a sign-in it signs the user in, in all tabs. */
  register(input: RegisterPasskeyInput): Promise<RegisterPasskeyAnswer>
  /** Lists the passkeys, and tells the browser which of them are valid. */
  list(): Promise<ListPasskeysAnswer>
  /** Removes a passkey. Every other session that it opened ends. */
  delete(input: { id: string }): Promise<void>
}
