const KEYS = {
  cancelled: 'passkey.cancelled',
  unsupported: 'passkey.unsupported',
  already_there: 'passkey.alreadyThere',
  not_verified: 'passkey.notVerified',
} as const

type Code = keyof typeof KEYS

/** Finds the key of the sentence for a passkey that could not be made or used; null for any other error. */
export function findPasskeyFailureKey(error: unknown): (typeof KEYS)[Code] | null {
  if (!(error instanceof Error) || error.name !== 'PasskeyError' || !('code' in error)) return null
  return Object.hasOwn(KEYS, String(error.code)) ? KEYS[error.code as Code] : KEYS.not_verified
}
