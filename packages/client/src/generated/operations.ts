// Made from packages/contract by `npm run generate`; a change by hand is lost.

import type {
  Detail,
  EmailChangeInput,
  ListUserEventsInput,
  MfaStatus,
  PageInput,
  Passkey,
  PasskeyCreation,
  PasskeyRequest,
  PendingEmailChange,
  ResendVerificationInput,
  SecurityEvent,
  SessionInfo,
  SetUpTotpAnswer,
  StaffAccount,
  StaffAccountInput,
  StaffEvent,
  StaffUserFilter,
  User,
  UserUpdate,
} from './bodies.ts'

/** The operations of `client` that only send a request. */
export interface PlainOperations {
  readonly registration: PlainRegistrationOperations
  readonly password: PlainPasswordOperations
  readonly email: PlainEmailOperations
  readonly user: PlainUserOperations
  readonly sessions: PlainSessionOperations
  readonly securityEvents: SecurityEventOperations
}

/** The operations of `client.registration` that only send a request. */
export interface PlainRegistrationOperations {
  /**
   * Send the verification mail again.
   *
   * The answer is the same whether or not the address waits for one. With the `password` of a sign-up only
   * its link is mailed. Without it the mail lists every sign-up of the address.
   */
  resend(input: ResendVerificationInput): Promise<Detail>
}

/** The operations of `client.password` that only send a request. */
export interface PlainPasswordOperations {
  /**
   * Ask for a password reset.
   *
   * The answer is the same whether or not an account holds the address.
   *
   * @param input.redirect_to - Where the mailed link leads: one of `REDIRECT_URLS`.
   */
  requestReset(input: { email: string; redirect_to?: string }): Promise<Detail>
}

/** The operations of `client.email` that only send a request. */
export interface PlainEmailOperations {
  /**
   * Ask for another address.
   *
   * A link goes to the new address and a notice to the old; nothing changes until it is followed. It voids
   * the link of an earlier request.
   */
  change(input: EmailChangeInput): Promise<Detail>
  /**
   * Read the pending change of address.
   *
   * `pending` is null when no change waits for its link.
   */
  pendingChange(): Promise<{ pending: PendingEmailChange | null }>
  /**
   * Cancel the pending change of address.
   *
   * Its link becomes void. Without a pending change nothing happens.
   */
  cancelChange(): Promise<void>
}

/** The operations of `client.user` that only send a request. */
export interface PlainUserOperations {
  /**
   * Read one's own details.
   *
   * The address, the names and the language of the caller, as they are now.
   */
  get(): Promise<User>
  /**
   * Change some of one's own details.
   *
   * Names may be blank. What is left out stays. The address is never changed here, whatever is sent.
   */
  update(input: UserUpdate): Promise<User>
}

/** The operations of `client.sessions` that only send a request. */
export interface PlainSessionOperations {
  /**
   * List one's own sessions.
   *
   * The one last seen comes first.
   */
  list(): Promise<{ sessions: SessionInfo[] }>
}

/** The operations of `client.securityEvents`. */
export interface SecurityEventOperations {
  /**
   * List what happened to one's own account.
   *
   * The newest first. What staff did says so, but not which member of it.
   *
   * @returns next_cursor - Leads to the next page; null at the end.
   */
  list(input?: PageInput): Promise<{ events: SecurityEvent[]; next_cursor: string | null }>
}

/** The operations of `staff`. */
export interface StaffOperations {
  readonly users: StaffUserOperations
  readonly sessions: StaffSessionOperations
  readonly events: StaffEventOperations
}

/** The operations of `staff.users`. */
export interface StaffUserOperations {
  /**
   * List and search accounts.
   *
   * The newest first. With a filter, a page examines a bounded number of accounts, so it may be short or
   * empty and still lead on by `next_cursor`.
   *
   * @returns next_cursor - Leads to the next page; null at the end.
   */
  list(input?: StaffUserFilter): Promise<{ users: StaffAccount[]; next_cursor: string | null }>
  /**
   * Read an account.
   *
   * The details that staff see, of an inactive account too.
   */
  get(input: { id: string }): Promise<StaffAccount>
  /**
   * Make an account.
   *
   * Without a password its owner is invited by a reset link. A role other than 0 takes a superuser.
   */
  create(input: StaffAccountInput): Promise<StaffAccount>
  /**
   * Deactivate an account.
   *
   * Ends every session and link of it at once.
   */
  deactivate(input: { id: string }): Promise<void>
  /**
   * Reactivate an account.
   *
   * It may sign in again; no session comes back.
   */
  reactivate(input: { id: string }): Promise<void>
  /**
   * Give an account another role.
   *
   * Superusers alone. Its sessions end, since their tokens speak of the old role.
   *
   * @param input.role - 0 user, 1000 staff, 900 superuser; any other number is the operator's own.
   */
  setRole(input: { id: string; role: number }): Promise<void>
  /**
   * Mail an account's owner a link for a new password.
   *
   * A deactivated account is refused.
   *
   * @param input.redirect_to - Where the mailed link leads: one of `REDIRECT_URLS`.
   */
  sendReset(input: { id: string; redirect_to?: string }): Promise<Detail>
  /**
   * Remove an account's second factors.
   *
   * Its app, passkeys, recovery codes, sessions and links are gone. Its password works no longer, and its
   * owner is mailed a link for a new one. A server that sends no mail keeps the password, and lets superusers
   * alone do it.
   */
  resetFactors(input: { id: string }): Promise<void>
  /**
   * Delete an account.
   *
   * Erases what tells of its owner; the skeleton of its audit trail stays.
   */
  delete(input: { id: string }): Promise<void>
}

/** The operations of `staff.sessions`. */
export interface StaffSessionOperations {
  /**
   * List the sessions of an account.
   *
   * Those of staff and superusers, superusers alone.
   */
  list(input: { id: string }): Promise<{ sessions: SessionInfo[] }>
  /**
   * End one session of an account.
   *
   * Its tokens are refused from then on.
   */
  end(input: { id: string; session_id: string }): Promise<void>
  /**
   * End every session of an account.
   *
   * Their tokens are refused from then on. The account may sign in again.
   */
  endAll(input: { id: string }): Promise<void>
}

/** The operations of `staff.events`. */
export interface StaffEventOperations {
  /**
   * List what happened to an account.
   *
   * The newest first. Those of staff and superusers, superusers alone.
   *
   * @returns next_cursor - Leads to the next page; null at the end.
   */
  list(input: ListUserEventsInput): Promise<{ events: StaffEvent[]; next_cursor: string | null }>
}

/** The operations of `mfa` that only send a request. */
export interface PlainMfaOperations {
  /**
   * Read the state of one's own second factors.
   *
   * Whether a second factor is on or demanded, what works, and how many recovery codes are left.
   */
  status(): Promise<MfaStatus>
  /**
   * Make a secret for an authenticator app.
   *
   * The secret is in force from its first code on. A second call makes another one, and the one before is
   * dead. A working app stays in force until then.
   *
   * @param input.setup_challenge_id - The `setup_challenge_id` of a sign-in. It stands for the access token, and is ignored beside one.
   * @param input.replace - Whether a working app is to be replaced.
   */
  setup(input: { setup_challenge_id?: string; replace?: boolean }): Promise<SetUpTotpAnswer>
  /**
   * Make new recovery codes.
   *
   * The former ones are dead.
   *
   * @returns recovery_codes - Ten codes, shown once. Each works once.
   */
  replaceRecoveryCodes(): Promise<{ recovery_codes: string[] }>
}

/** The operations of `passkeys` that only send a request. */
export interface PlainPasskeyOperations {
  /**
   * Ask for the options of a sign-in with a passkey.
   *
   * They name no user, so every caller gets the same but for the challenge.
   *
   * @returns options - For `PublicKeyCredential.parseRequestOptionsFromJSON`.
   */
  signInOptions(): Promise<{ options: PasskeyRequest }>
  /**
   * Ask for the options of a new passkey.
   *
   * Only the session that asked can add the passkey.
   *
   * @param input.setup_challenge_id - The `setup_challenge_id` of a sign-in. It stands for the access token, and is ignored beside one.
   * @returns options - For `PublicKeyCredential.parseCreationOptionsFromJSON`.
   */
  registerOptions(input: { setup_challenge_id?: string }): Promise<{ options: PasskeyCreation }>
  /**
   * Rename one of one's own passkeys.
   *
   * Another user's passkey and an unknown one get the same answer.
   */
  rename(input: { id: string; name: string }): Promise<Passkey>
}
