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

/** The code that an app shows at a time. */
export function totpCodeAt(secret: string, epochSeconds: number): string {
  const timestamp = epochSeconds * 1000
  return TOTP.generate({ secret: Secret.fromBase32(secret), digits: 6, period: PERIOD_SECONDS, timestamp })
}
