/** The fast digests that other deployments store. A computer tries billions of passwords against them per second. */
export type WeakAlgorithm = 'md5' | 'sha1' | 'sha256' | 'phpass'

/** A fast digest of a password. */
export interface WeakHash {
  algorithm: WeakAlgorithm
  /** What stands before the password; for phpass its setting: one character for the rounds, and the salt. */
  salt: string
  /** Lower-case hex digits, or the 22 characters of phpass. */
  digest: string
}

const HEX_DIGITS = { md5: 32, sha1: 40, sha256: 64 } as const
const NAMED = /^(md5|sha1|sha256)\$([^$]{0,128})\$([0-9a-fA-F]+)$/
const PHPASS = /^\$[PH]\$([./0-9A-Za-z]{9})([./0-9A-Za-z]{22})$/

/** The alphabet of phpass. A character stands for its place. */
export const PHPASS_ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** A check of phpass computes 2 to the power of this many MD5 at most. WordPress has 13. */
const PHPASS_LOG_ROUNDS = { least: 7, most: 16 }

/**
 * Reads a fast digest: `md5$salt$hex`, `sha1$$hex`, bare hex digits, or phpass (`$P$`).
 *
 * @returns null for any other text
 */
export function readWeakHash(text: string): WeakHash | null {
  const [, algorithm, salt = '', digest = ''] = NAMED.exec(text) ?? []
  if (algorithm !== undefined) {
    const named = algorithm as keyof typeof HEX_DIGITS
    if (digest.length !== HEX_DIGITS[named]) return null
    return { algorithm: named, salt, digest: digest.toLowerCase() }
  }
  return readPhpass(text) ?? readBare(text)
}

/** Answers whether the salt of a weak hash is one that a check can be made with. */
export function isWeakSalt(algorithm: WeakAlgorithm, salt: string): boolean {
  if (algorithm !== 'phpass') return salt.length <= 128
  const rounds = PHPASS_ALPHABET.indexOf(salt.charAt(0))
  return salt.length === 9 && rounds >= PHPASS_LOG_ROUNDS.least && rounds <= PHPASS_LOG_ROUNDS.most
}

function readPhpass(text: string): WeakHash | null {
  const [, salt = '', digest = ''] = PHPASS.exec(text) ?? []
  if (!isWeakSalt('phpass', salt)) return null
  return { algorithm: 'phpass', salt, digest }
}

function readBare(text: string): WeakHash | null {
  if (!/^[0-9a-fA-F]+$/.test(text)) return null
  const found = Object.entries(HEX_DIGITS).find(([, digits]) => digits === text.length)
  if (!found) return null
  return { algorithm: found[0] as keyof typeof HEX_DIGITS, salt: '', digest: text.toLowerCase() }
}
