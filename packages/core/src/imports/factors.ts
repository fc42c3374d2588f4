import type { Context } from '../context.ts'
import { hashShortCode, readShortCode } from '../services/second-factor/short-codes.ts'
import { sealTotpSecret } from '../services/second-factor/totp-secret.ts'
import type { UserId } from '../words/ids.ts'

/** 80 bits at least, and 512 bits at most. */
const SECRET = /^[A-Z2-7]{16,104}$/
const MOST_SYMBOLS = 104
/** More than anybody has, and a bound on the work for one user. */
const MOST_CODES = 100

/** The factors of a user of another system, in the clear. */
export interface ForeignFactors {
  userId: UserId
  /** Base32, in one case, with blanks, hyphens and padding. The app makes codes of 6 digits every 30 seconds by SHA-1. */
  totp: { secret: string } | null
  /** The unused ones. */
  recoveryCodes: string[] | null
}

/** The factors of a user as our tables have them. */
export interface SealedFactors {
  /** Whether `users.second_factor` is true. */
  secondFactor: boolean
  /** For `totp_factors.secret_jwe`. The row has a new `id`, and `confirmed_at`. */
  secretJwe: string | null
  /** For `recovery_codes.code_hash`; none twice. */
  codeHashes: string[]
  /** `totp_unreadable`; `recovery_codes_unreadable` with how many; `mfa_off` where this server asks nobody for a factor. */
  remarks: { word: string; detail?: string }[]
}

/**
 * Encrypts and hashes the factors of a user that is moved in. Writes nothing.
 *
 * Recovery codes open nothing without an app, in the source as here, so they are left out where there is none.
 */
export async function sealImportedFactors(
  ctx: Pick<Context, 'secrets' | 'config'>,
  { userId, totp, recoveryCodes }: ForeignFactors,
): Promise<SealedFactors> {
  const secret = totp && readSecret(totp.secret)
  if (secret === null) {
    const remarks = totp ? [{ word: 'totp_unreadable' }] : []
    return { secondFactor: false, secretJwe: null, codeHashes: [], remarks }
  }
  const codes = (recoveryCodes ?? []).slice(0, MOST_CODES)
  const read = codes.map(readShortCode).filter((code) => code !== null)
  const { current } = ctx.secrets['recovery-code']
  const unread = (recoveryCodes ?? []).length - read.length
  const off = ctx.config.mfaMode === 'disabled' ? [{ word: 'mfa_off' }] : []
  const remark = unread > 0 ? [{ word: 'recovery_codes_unreadable', detail: String(unread) }] : []
  return {
    secondFactor: true,
    secretJwe: await sealTotpSecret(secret, userId, ctx.secrets.totp),
    codeHashes: [...new Set(read.map((code) => hashShortCode(userId, code, current)))],
    remarks: [...off, ...remark],
  }
}

function readSecret(typed: string): string | null {
  if (typed.length > 2 * MOST_SYMBOLS) return null
  const secret = typed.replace(/[\s=-]+/g, '')
  // Base32 is of one case. Text of both is something else, such as a secret that was encrypted.
  if (secret !== secret.toLowerCase() && secret !== secret.toUpperCase()) return null
  return SECRET.test(secret.toUpperCase()) ? secret.toUpperCase() : null
}
