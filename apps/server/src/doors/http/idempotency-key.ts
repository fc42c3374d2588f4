import { IDEMPOTENCY_KEY } from '@latchkey/contract'
import { DomainError } from '@latchkey/core'

/**
 * Reads the key that a caller made for this one request: a string of RFC 9651, or the same characters without quotes.
 *
 * Two headers arrive joined by a comma and a space, so they are no key.
 *
 * @returns 16 to 128 visible ASCII characters; null without the header
 * @throws {DomainError} `invalid_idempotency_key`
 * @see draft-ietf-httpapi-idempotency-key-header-07
 */
export function readIdempotencyKey(request: Headers): string | null {
  const value = request.get('idempotency-key')
  if (value === null) return null
  const key = /^"(.*)"$/.exec(value)?.[1] ?? value
  if (!IDEMPOTENCY_KEY.test(key)) throw new DomainError('invalid_idempotency_key')
  return key
}
