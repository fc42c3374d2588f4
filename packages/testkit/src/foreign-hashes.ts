import { readFile } from 'node:fs/promises'

/** A password, and the text that software of others stores for it. */
export interface ForeignHashCase {
  /** What made the text. */
  name: string
  password: string
  text: string
  /** What that software does with a typed password, see `preparePassword`. */
  form: 0 | 1 | 2
}

/** The signer key of the published hash of Firebase. */
export const FIREBASE_SIGNER_KEY =
  'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA=='

/**
 * Hashes of every accepted format: by Django 3.2, passlib, Werkzeug, the Argon2 and bcrypt of Python and OpenSSL's scrypt
 * and PBKDF2, with an ASCII password and another one each, and those that were published.
 */
export async function listForeignHashes(): Promise<ForeignHashCase[]> {
  return JSON.parse(await readFile(new URL('../fixtures/foreign-hashes.json', import.meta.url), 'utf8'))
}
