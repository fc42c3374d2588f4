/**
 * Why a browser gave no passkey.
 *
 * `cancelled`: the person closed the dialog, the time was over, or the program aborted. `unsupported`: the browser, the
 * page or the device can use no passkey. `already_there`: the authenticator has a passkey of this account. `not_verified`:
 * the authenticator could not verify the person.
 */
export type PasskeyErrorCode = 'cancelled' | 'unsupported' | 'already_there' | 'not_verified'

/** The error of a browser that gave no passkey. A refusal of the server is a `LatchkeyError`. */
export class PasskeyError extends Error {
  override readonly name = 'PasskeyError'
  declare readonly code: PasskeyErrorCode

  constructor(code: PasskeyErrorCode, cause?: unknown) {
    super(`The browser gave no passkey: ${code}.`, { cause })
    Object.assign(this, { code })
  }
}

const CODES: Readonly<Record<string, PasskeyErrorCode>> = {
  AbortError: 'cancelled',
  NotAllowedError: 'cancelled',
  NotSupportedError: 'unsupported',
  SecurityError: 'unsupported',
  InvalidStateError: 'already_there',
}

/** Turns what a browser has thrown into the error that is thrown. */
export function describePasskeyError(thrown: unknown): PasskeyError {
  if (thrown instanceof PasskeyError) return thrown
  return new PasskeyError(CODES[(thrown as Error).name] ?? 'not_verified', thrown)
}
