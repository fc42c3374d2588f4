import { createCipheriv, createHash, pbkdf2, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { verify as verifyArgon2 } from '@node-rs/argon2'
import type {
  BcryptHash,
  FirebaseHash,
  ForeignHash,
  Pbkdf2Hash,
  ScryptHash,
  WrappedHash,
} from '../../words/foreign-hash.ts'
import { memoryOfScrypt } from '../../words/foreign-hashes/read-scrypt.ts'
import { digestWeakly } from './digest-weakly.ts'

/** Bytes of a password that bcrypt looks at. */
const BCRYPT_BYTES = 72
const KEY_BYTES = 32
const CTR_IV = Buffer.alloc(16)
const SPARE_BYTES = 2 ** 20

const deriveByPbkdf2 = promisify(pbkdf2)
const deriveByScrypt = promisify<string, Uint8Array, number, ScryptOptions, Buffer>(scrypt)

/**
 * Verifies a password against the hash of another deployment. It computes on a thread of its own.
 *
 * @param password - prepared as that deployment did, see `preparePassword`
 * @returns whether the hash is of the password
 */
export async function verifyForeignHash(hash: ForeignHash, password: string): Promise<boolean> {
  switch (hash.scheme) {
    case 'pbkdf2':
      return verifyPbkdf2(hash, password)
    case 'scrypt':
      return timingSafeEqual(await runScrypt(hash, password, hash.hash.length), hash.hash)
    case 'bcrypt':
      return verifyBcrypt(hash, password)
    case 'argon2':
      return verifyArgon2(hash.phc, password)
    case 'firebase':
      return verifyFirebase(hash, password)
    case 'wrap':
      return verifyWrapped(hash, password)
  }
}

async function verifyPbkdf2(hash: Pbkdf2Hash, password: string): Promise<boolean> {
  const { salt, iterations, digest } = hash
  return timingSafeEqual(
    await deriveByPbkdf2(password, salt, iterations, hash.hash.length, digest),
    hash.hash,
  )
}

async function verifyBcrypt({ isPrehashed, text }: BcryptHash, password: string): Promise<boolean> {
  // Most servers never check such a hash, so none loads the library at its start.
  const { verify } = await import('@node-rs/bcrypt')
  const bytes = isPrehashed ? createHash('sha256').update(password).digest('hex') : password
  return verify(Buffer.from(bytes).subarray(0, BCRYPT_BYTES), text)
}

async function verifyFirebase(hash: FirebaseHash, password: string): Promise<boolean> {
  const key = await runScrypt(hash, password, KEY_BYTES)
  if (hash.signerKey?.length !== hash.hash.length) return false
  const signed = createCipheriv('aes-256-ctr', key, CTR_IV).update(hash.signerKey)
  return timingSafeEqual(signed, hash.hash)
}

async function verifyWrapped({ weak, phc }: WrappedHash, password: string): Promise<boolean> {
  return verifyArgon2(phc, await digestWeakly(weak, password))
}

function runScrypt(
  hash: Pick<ScryptHash, 'n' | 'r' | 'p' | 'salt'>,
  password: string,
  bytes: number,
): Promise<Buffer> {
  const { n, r, p, salt } = hash
  const maxmem = memoryOfScrypt({ n, r, p }) + SPARE_BYTES
  return deriveByScrypt(password, salt, bytes, { N: n, r, p, maxmem })
}
