import { Secret, TOTP } from 'otpauth'
import { renderSVG } from 'uqr'

const SECRET_BYTES = 20
const DIGITS = 6
const PERIOD_SECONDS = 30
/** How many steps a clock may be off, either way. */
const WINDOW = 1
const CODE = /^[0-9]{6}$/
/** A text longer than this is refused before anything is done with it. */
const TYPED_MAX_CHARACTERS = 64
const QUIET_MODULES = 4

/** What an authenticator app needs of a new secret. */
export interface Provisioning {
  /** 32 symbols of base32. */
  secret: string
  /** The same as an `otpauth://` address. */
  provisioningUri: string
  /** The address as a QR code: an SVG on white ground. */
  qrCode: string
}

/** Makes the secret of an authenticator app: 20 random bytes as 32 symbols of base32. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32
}

/**
 * Reads a code that a person typed. Blanks are removed.
 *
 * The library would throw on full-width digits, so nothing else than this reaches it.
 *
 * @param typed - a number is no code: it has lost its leading zeros
 * @returns exactly six ASCII digits; null for anything else
 */
export function readTotpCode(typed: unknown): string | null {
  if (typeof typed !== 'string' || typed.length > TYPED_MAX_CHARACTERS) return null
  const code = typed.replace(/\s+/g, '')
  return CODE.test(code) ? code : null
}

/**
 * Finds the step of which a code is, among the present one and its two neighbours.
 *
 * @param code - of {@link readTotpCode}
 * @param epochSeconds - the time of the database
 * @returns the number of the step since the epoch; null for a wrong code
 * @see RFC 6238 section 5.2
 */
export function findTotpStep(secret: string, code: string, epochSeconds: number): number | null {
  const totp = new TOTP({ ...PARAMETERS, secret: Secret.fromBase32(secret) })
  const timestamp = epochSeconds * 1000
  const delta = totp.validate({ token: code, timestamp, window: WINDOW })
  return delta === null ? null : totp.counter({ timestamp }) + delta
}

/**
 * Describes a secret for authenticator apps.
 *
 * @param app.issuer - the name that the app shows; it has no colon
 */
export function describeProvisioning(secret: string, app: { issuer: string; email: string }): Provisioning {
  const { issuer, email: label } = app
  const totp = new TOTP({ ...PARAMETERS, issuer, label, secret: Secret.fromBase32(secret) })
  const provisioningUri = totp.toString()
  const qrCode = renderSVG(provisioningUri, {
    border: QUIET_MODULES,
    whiteColor: 'white',
    blackColor: 'black',
  })
  return { secret, provisioningUri, qrCode }
}

const PARAMETERS = { algorithm: 'SHA1', digits: DIGITS, period: PERIOD_SECONDS }
