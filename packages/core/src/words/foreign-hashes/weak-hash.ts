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
/** A check of phpass computes 2 to the power of this many MD5: so many at most, and in the format. WordPress has 13. */
const PHPASS_LOG_ROUNDS = { least: 7, most: 16, mostOfFormat: 30 }
const PHPASS_SETTING = /^[./0-9A-Za-z]{9}$/

/**
 * Reads a fast digest: `md5$salt$hex`, `sha1$$hex`, bare hex digits, or phpass (`$P$`).
 *
 * @returns null for any other text; `too_costly` for a phpass of too many rounds
 */
export function readWeakHash(text: string): WeakHash | 'too_costly' | null {
  const [, algorithm, salt = '', digest = ''] = NAMED.exec(text) ?? []
  if (algorithm !== undefined) {
    const named = algorithm as keyof typeof HEX_DIGITS
    if (digest.length !== HEX_DIGITS[named]) return null
    return { algorithm: named, salt, digest: digest.toLowerCase() }
  }
  return readPhpass(text) ?? readBare(text)
}

/** Says why no check can be made with the salt of a weak hash; null when one can. */
export function refuseWeakSalt(algorithm: WeakAlgorithm, salt: string): 'unreadable' | 'too_costly' | null {
  if (algorithm !== 'phpass') return salt.length <= 128 ? null : 'unreadable'
  const logRounds = PHPASS_ALPHABET.indexOf(salt.charAt(0))
  const { least, most, mostOfFormat } = PHPASS_LOG_ROUNDS
  if (!PHPASS_SETTING.test(salt) || logRounds < least || logRounds > mostOfFormat) return 'unreadable'
  return logRounds > most ? 'too_costly' : null
}

function readPhpass(text: string): WeakHash | 'too_costly' | null {
  const [, salt = '', digest = ''] = PHPASS.exec(text) ?? []
  const refused = refuseWeakSalt('phpass', salt)
  if (refused !== null) return refused === 'too_costly' ? refused : null
  return { algorithm: 'phpass', salt, digest }
}

function readBare(text: string): WeakHash | null {
  if (!/^[0-9a-fA-F]+$/.test(text)) return null
  const found = Object.entries(HEX_DIGITS).find(([, digits]) => digits === text.length)
  if (!found) return null
  return { algorithm: found[0] as keyof typeof HEX_DIGITS, salt: '', digest: text.toLowerCase() }
}
