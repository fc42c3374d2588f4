/** A signed-in user of a contender, with a connection of its own. Every call throws when the answer is not right. */
export interface Person {
  /** Signs in once more. */
  login(): Promise<void>
  /** Prolongs the session. The next call uses what this one gave. */
  refresh(): Promise<void>
  /** Reads the own address, with a check that the session still stands. */
  readUser(): Promise<void>
  /** Signs another user up on this connection. The person stays who it is. */
  register(email: string): Promise<void>
  close(): void
}

/** How a contender is called. */
export interface Protocol {
  /** Signs a new user up, on a new connection. */
  signUp(port: number, email: string): Promise<Person>
  /** Signs a stored user in, on a new connection. */
  signIn(port: number, email: string): Promise<Person>
}

/** The password of every user of the benchmark. */
export const PASSWORD = 'correct horse battery'

/** Stops the run when a part of an answer is missing: the speed of a wrong answer is worth nothing. */
export function requireText(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '') throw new Error(`An answer has no ${what}.`)
  return value
}
