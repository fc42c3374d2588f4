/** The characters at the end of bcrypt's text that are its digest. The salt stands before them in the same part. */
const BCRYPT_DIGEST = 31

/**
 * Replaces the digest of a hash by one that no password has. A check costs what it cost before.
 *
 * @param stored - a hash of ours, or one that `readForeignHash` reads
 */
export function spoilHash(stored: string): string {
  const isBcrypt = stored.startsWith('bcrypt')
  const start = isBcrypt ? stored.length - BCRYPT_DIGEST : stored.lastIndexOf('$') + 1
  // Zeros in base64 and, for bcrypt, in its own alphabet. `0` is no zero in base64, and `A` is a digit in hex.
  return stored.slice(0, start) + stored.slice(start).replaceAll(/[^=]/g, isBcrypt ? '.' : 'A')
}
