import { Secret, TOTP } from 'otpauth'

const PERIOD_SECONDS = 30

/**
 * The code that an authenticator app with a secret shows.
 *
 * @param secret - base32
 * @param clock - that of the test
 * @param steps - how many steps of 30 seconds the clock of the app is ahead; default: 0
 */
export function totpCode(secret: string, clock: { seconds: number }, steps = 0): string {
  return totpCodeAt(secret, Date.now() / 1000 + clock.seconds + steps * PERIOD_SECONDS)
}

/** The codes that may be right in the next minute: those of two steps before and behind the present one. */
export function listTotpCodes(secret: string, clock: { seconds: number }): string[] {
  return [-2, -1, 0, 1, 2].map((steps) => totpCode(secret, clock, steps))
}

/** A code that is wrong for the next minute. Any fixed code is right now and then: three of a million are. */
export function wrongTotpCode(secret: string, clock: { seconds: number }): string {
  const right = listTotpCodes(secret, clock)
  const wrong = ['000000', '111111', '222222', '333333', '444444', '555555'].find(
    (code) => !right.includes(code),
  )
  if (!wrong) throw new Error('More codes are right than there are steps.')
  return wrong
}

/** The code that an app shows at a time. */
export function totpCodeAt(secret: string, epochSeconds: number): string {
  const timestamp = epochSeconds * 1000
  return TOTP.generate({ secret: Secret.fromBase32(secret), digits: 6, period: PERIOD_SECONDS, timestamp })
}

/** Moves the clock of a test to the beginning of a TOTP step, so that the step does not end between two codes. */
export function beginStep(clock: { seconds: number }): void {
  const now = Date.now() / 1000 + clock.seconds
  clock.seconds += Math.ceil(PERIOD_SECONDS - (now % PERIOD_SECONDS))
}
