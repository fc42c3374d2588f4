import type { WeakHash } from '../../words/foreign-hashes/weak-hash.ts'

/**
 * Wraps a fast digest in Argon2id, so that no fast digest is stored.
 *
 * @param hash - Argon2id with the parameters of this server
 * @returns `latchkey-wrap$md5$<salt>$$argon2id$…`
 */
export async function wrapWeakHash(
  { hash }: { hash: (text: string) => Promise<string> },
  weak: WeakHash,
): Promise<string> {
  return `latchkey-wrap$${weak.algorithm}$${weak.salt}$${await hash(weak.digest)}`
}
