import type { ForeignHash } from './foreign-hash.ts'

/**
 * Which parts between the `$` of a stored hash say what its check costs, by its first part. `tables` counts users by the
 * same parts.
 */
export const WORK_PARTS: Record<string, readonly number[]> = {
  pbkdf2_sha1: [2],
  pbkdf2_sha256: [2],
  pbkdf2_sha512: [2],
  argon2: [2, 3, 4],
  bcrypt: [4],
  bcrypt_sha256: [4],
  scrypt: [2, 4, 5],
  'latchkey-pbkdf2': [2],
  'latchkey-scrypt': [2],
  'latchkey-firebase': [2],
  'latchkey-wrap': [2, 6, 7],
}

/**
 * Names the work of a hash of another deployment: its format and its cost. Checks with one name cost the same.
 *
 * @returns `pbkdf2_sha256$1000000`
 */
export function workOf({ stored }: ForeignHash): string {
  const parts = stored.split('$')
  const [format = ''] = parts
  const cost = WORK_PARTS[format]?.map((part) => parts[part - 1] ?? '') ?? []
  return [format, ...cost].join('$')
}
