/**
 * Answers whether a stored hash is one of this server, by its first word. A hash of another deployment never begins so, see
 * `readForeignHash`.
 */
export function isOurHash(stored: string): boolean {
  return stored.startsWith('$argon2id$')
}
