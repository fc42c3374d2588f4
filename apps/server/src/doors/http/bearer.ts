import { DomainError } from '@latchkey/core'

/**
 * Gets the token out of an `Authorization` header.
 *
 * @throws {DomainError} `not_authenticated` - no header, or another scheme than Bearer
 * @throws {DomainError} `bad_authorization_header` - the scheme is right but not exactly one word follows
 */
export function getBearerToken(header: string | null): string {
  const words = (header ?? '').trim().split(/\s+/)
  if (words[0]?.toLowerCase() !== 'bearer') throw new DomainError('not_authenticated')
  const token = words[1]
  if (words.length !== 2 || !token) throw new DomainError('bad_authorization_header')
  return token
}
