import { createHmac } from 'node:crypto'
import type { RecoveryCodeRules } from './options.ts'

/**
 * Computes the recovery codes of a seed as django-allauth does.
 *
 * Code `i` is read from an HMAC-SHA-1 over the numbers 0 to `i`, each padded to three characters with a comma behind it.
 *
 * @param seed - 80 hex digits. Its text is the key.
 * @param usedMask - bit `i` is set when code `i` has been used
 * @returns the unused codes
 * @see https://codeberg.org/allauth/django-allauth `allauth/mfa/recovery_codes`
 */
export function listUnusedCodes(
  seed: string,
  usedMask: bigint,
  { count, digits }: RecoveryCodeRules,
): string[] {
  const bytes = Math.min(Math.floor(digits / 2), SHA1_BYTES)
  const numbers = Array.from({ length: count }, (_, index) => `${String(index).padStart(3)},`)
  return numbers.flatMap((_, index) => {
    if ((usedMask >> BigInt(index)) & 1n) return []
    const message = numbers.slice(0, index + 1).join('')
    const digest = createHmac('sha1', seed).update(message).digest()
    const value = BigInt(`0x${digest.subarray(0, bytes).toString('hex')}`) % 10n ** BigInt(digits)
    return [String(value).padStart(digits, '0')]
  })
}

const SHA1_BYTES = 20
