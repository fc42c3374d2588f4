import { NO_LIMITS } from './server.ts'

/** The parameters of Argon2id, by the names of `@node-rs/argon2`. */
export interface Argon2 {
  algorithm: number
  memoryCost: number
  timeCost: number
  parallelism: number
}

/** The default of Latchkey: 19 MiB, two passes, one lane. */
export const ARGON2: Argon2 = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Connections to PostgreSQL of each server. */
export const POOL_SIZE = 10

/** The public address of the measured server. Its proofs of possession name it. */
export const PUBLIC_URL = 'https://auth.example.com'

/** The signing keys of a database are sealed under it, so all servers of a run share it. */
const SECRET_KEY = newSecret()

/** The settings of the measured server: production, without mail, throttles and the grace of refreshes. */
export function productionSettings(argon2: Argon2): Record<string, string> {
  return {
    ...NO_LIMITS,
    MAIL: 'off',
    NODE_ENV: 'production',
    PUBLIC_URL,
    SECRET_KEY,
    DATABASE_POOL_SIZE: String(POOL_SIZE),
    // A caller that refreshes without a pause would otherwise measure the answers within the grace.
    REFRESH_GRACE: '0',
    SHUTDOWN_DELAY: '0',
    PASSWORD_HASH_MEMORY_KIB: String(argon2.memoryCost),
    PASSWORD_HASH_PASSES: String(argon2.timeCost),
    PASSWORD_HASH_LANES: String(argon2.parallelism),
  }
}

/** A random secret of 48 bytes. */
export function newSecret(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(48))).toString('base64url')
}
