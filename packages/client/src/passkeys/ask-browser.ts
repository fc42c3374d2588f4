import { describePasskeyError, PasskeyError } from './passkey-error.ts'
import { browserSupportsWebAuthn, WebAuthnAbortService } from './webauthn.ts'

/** The question that a pressed button asks. A browser asks one question at a time. */
let pressed: Promise<unknown> | null = null

/** Answers whether a button asks now. */
export function isPressed(): boolean {
  return pressed !== null
}

/** The number of passkeys that buttons got. */
let answers = 0

/** Tells the number of passkeys that buttons got so far. */
export function countAnswers(): number {
  return answers
}

/** Waits until no button asks. */
export async function settled(): Promise<void> {
  while (pressed) await pressed.catch(() => {})
}

/**
 * Requires a browser with passkeys.
 *
 * @throws {PasskeyError} `unsupported`
 */
export function requireSupport(): void {
  if (!browserSupportsWebAuthn()) throw new PasskeyError('unsupported')
}

/**
 * Asks the browser for a passkey, because a person pressed a button. What was asked before ends.
 *
 * @throws {PasskeyError}
 */
export async function askPressed<Answer>(ask: () => Promise<Answer>, signal?: AbortSignal): Promise<Answer> {
  const asked = async () => {
    const answer = await askBrowser(ask, signal)
    answers++
    return answer
  }
  const own = asked().finally(() => {
    if (pressed === own) pressed = null
  })
  pressed = own
  return own
}

/**
 * Asks the browser for a passkey, until a signal aborts.
 *
 * @throws {PasskeyError}
 */
export async function askBrowser<Answer>(ask: () => Promise<Answer>, signal?: AbortSignal): Promise<Answer> {
  if (signal?.aborted) throw new PasskeyError('cancelled', signal.reason)
  const cancel = () => WebAuthnAbortService.cancelCeremony()
  signal?.addEventListener('abort', cancel)
  try {
    return await ask()
  } catch (thrown) {
    throw describePasskeyError(thrown)
  } finally {
    signal?.removeEventListener('abort', cancel)
  }
}
