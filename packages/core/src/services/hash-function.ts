import { hash, type Options, verify } from '@node-rs/argon2'
import type { ForeignHash } from '../words/foreign-hash.ts'
import { verifyForeignHash } from './foreign-hashes/verify-foreign-hash.ts'

/** Computes hashes, each on a thread of its own. */
export interface HashFunction {
  hash(password: string, options: Options): Promise<string>
  verify(stored: string, password: string): Promise<boolean>
  /** Verifies a password against the hash of another deployment. */
  verifyForeign(hash: ForeignHash, password: string): Promise<boolean>
}

/** The hash function of the server. Tests wrap it, to hold or count its calls. */
export const ARGON2: HashFunction = { hash, verify, verifyForeign: verifyForeignHash }
