import { DomainError } from '@latchkey/core'

/**
 * Gets the token out of an `Authorization` header.
 *
 * @throws {DomainError} `not_authenticated` - no header, or another scheme than Bearer
 * @throws {DomainError} `bad_authorization_header` - the scheme is right but not exactly one word follows
 */
export function getBearerToken(header: string | null): string {
  const [scheme, token, more] = (header ?? '').trim().split(/\s+/)
  if (scheme?.toLowerCase() !== 'bearer') throw new DomainError('not_authenticated')
  if (token === undefined || more !== undefined) throw new DomainError('bad_authorization_header')
  return token
}
