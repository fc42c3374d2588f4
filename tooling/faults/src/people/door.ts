/** The fields of the own user. */
export interface OwnUser {
  email: string
  first_name: string
}

/** A client of the server, as a person uses it. Each call throws a `Failure` when it is refused or not answered. */
export interface Door {
  /**
   * Which client it is: `client` is packages/client, which sends a key with each refresh; `bound` is the same with a
   * session that is bound to a key; `rest` is plain REST, which sends neither.
   */
  readonly kind: 'client' | 'bound' | 'rest'
  signUp(input: { email: string; password: string; name: string }): Promise<void>
  signIn(email: string, password: string): Promise<void>
  signOut(): Promise<void>
  refresh(): Promise<void>
  read(): Promise<OwnUser>
  rename(name: string): Promise<void>
  countSessions(): Promise<number>
  changePassword(old: string, next: string): Promise<void>
  requestReset(email: string): Promise<void>
  setNewPassword(key: string, next: string): Promise<void>
  changeAddress(email: string, password: string): Promise<void>
  confirmAddress(key: string): Promise<void>
  /** Answers whether the client still believes to be signed in. */
  isSignedIn(): boolean
}
