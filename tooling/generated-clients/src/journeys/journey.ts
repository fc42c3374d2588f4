/** The server of a journey, and the way to read its mail. */
export interface Journey {
  baseUrl: string
  email: string
  /** Waits for the next mail of a kind, and returns the path of its link and the secret in that path. */
  readLink(kind: 'confirm-registration' | 'reset-password'): Promise<{ path: string; secret: string }>
}

export const PASSWORDS = ['a long enough phrase', 'another long phrase', 'a third long phrase'] as const
export const NAMES = { first_name: 'Ada', last_name: 'Lovelace' }

/** Returns a value that the types call optional; throws when it is missing. */
export function insist<Value>(value: Value | undefined | null, what: string): Value {
  if (value === undefined || value === null) throw new Error(`There is no ${what}.`)
  return value
}
