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

/** Returns the tokens of an answer to a sign-in, which says what has to come first where a second factor is due. */
export function insistTokens<Answer extends object>(
  answer: Answer | undefined,
): Extract<Answer, { access: string }> {
  if (!answer || !('access' in answer)) throw new Error('A second factor is due.')
  return answer as Extract<Answer, { access: string }>
}
