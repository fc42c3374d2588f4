import type { WeakHash } from './weak-hash.ts'

/** A hash of another deployment whose cost is within the bounds. */
export type ForeignHash = Pbkdf2Hash | ScryptHash | BcryptHash | Argon2Hash | FirebaseHash | WrappedHash

interface Common {
  /** The text to store. Its first word, before the first `$`, names the format, and it never begins as ours does. */
  stored: string
  /** The memory of one check. */
  memoryKib: number
}

/** The hash functions that PBKDF2 is used with. */
export type Pbkdf2Digest = 'sha1' | 'sha256' | 'sha512'

/** PBKDF2 with HMAC (RFC 8018). */
export interface Pbkdf2Hash extends Common {
  scheme: 'pbkdf2'
  digest: Pbkdf2Digest
  iterations: number
  salt: Uint8Array
  hash: Uint8Array
}

/** scrypt (RFC 7914). */
export interface ScryptHash extends Common {
  scheme: 'scrypt'
  n: number
  r: number
  p: number
  salt: Uint8Array
  hash: Uint8Array
}

/** bcrypt. It looks at the first 72 bytes only, unless SHA-256 comes before it. */
export interface BcryptHash extends Common {
  scheme: 'bcrypt'
  /** Whether the password is replaced by the lower-case hex digits of its SHA-256 first. */
  isPrehashed: boolean
  /** `$2b$12$` and 53 characters. */
  text: string
}

/** Argon2i, Argon2d or Argon2id with the parameters of another deployment. */
export interface Argon2Hash extends Common {
  scheme: 'argon2'
  /** The PHC string. */
  phc: string
}

/** The scrypt of Firebase: the signer key of the project, encrypted with the derived key. */
export interface FirebaseHash extends Common {
  scheme: 'firebase'
  n: number
  r: number
  p: number
  /** The salt of the user, followed by the separator of the project. */
  salt: Uint8Array
  /** Null: it is not part of the text, so the operator has to set it. */
  signerKey: Uint8Array | null
  hash: Uint8Array
}

/** Argon2id of a fast digest: the fast digest itself is not stored. */
export interface WrappedHash extends Common {
  scheme: 'wrap'
  weak: Omit<WeakHash, 'digest'>
  /** The PHC string of the digest. */
  phc: string
}

/**
 * Why a text is not stored as a hash.
 *
 * - `unknown_hash`: no format of ours begins like it.
 * - `unreadable`: it begins like a known format, and the rest is not of this format.
 * - `too_costly`: a check would take more time or memory than one user may cost.
 * - `no_password`: it stands for an account without a password.
 * - `weak_hash`: a fast digest. It can be wrapped.
 */
export type RefusedHash =
  | { refused: 'unknown_hash' | 'unreadable' | 'too_costly' | 'no_password' }
  | { refused: 'weak_hash'; weak: WeakHash }

/** What a reader of one format returns. */
export type ReadHash = ForeignHash | RefusedHash

/** Stands for a hash in the row of a user who has no password yet. */
export const UNUSABLE_PASSWORD = '!'

/** The refusal of a text that is not of its format. */
export const UNREADABLE = { refused: 'unreadable' } as const

/** The refusal of a text whose check would cost too much. */
export const TOO_COSTLY = { refused: 'too_costly' } as const
