/** Where a journey goes, and how it reads its mail. */
export interface Journey {
  baseUrl: string
  email: string
  /** Waits for the next mail of a kind; what its link is worth. */
  readLink(kind: 'confirm-registration' | 'reset-password'): Promise<{ path: string; secret: string }>
}

export const PASSWORDS = ['a long enough phrase', 'another long phrase', 'a third long phrase'] as const
export const NAMES = { first_name: 'Ada', last_name: 'Lovelace' }

/** Insists on something the types do not promise. */
export function insist<Value>(value: Value | undefined | null, what: string): Value {
  if (value === undefined || value === null) throw new Error(`There is no ${what}.`)
  return value
}
