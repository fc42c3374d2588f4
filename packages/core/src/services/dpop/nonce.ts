import { createHmac, type KeyObject } from 'node:crypto'
import { MINUTE_SECONDS } from '../../words/time.ts'
import type { DerivedKeys } from '../keys/derived-keys.ts'

/** A nonce works in its window and in the next one, so for two to four minutes. */
const WINDOW_SECONDS = 2 * MINUTE_SECONDS

/**
 * Makes the nonce of the present moment. It is the same for every caller and every server, and nothing is stored.
 *
 * @returns the id of the derived key, a dot and the HMAC-SHA-256 of the window: 56 characters that a JSON text and a
 *   header can hold
 * @see RFC 9449 section 8
 */
export function makeNonce({ current }: DerivedKeys, epochSeconds: number): string {
  return `${current.kid}.${signWindow(current.key, findWindow(epochSeconds))}`
}

/**
 * Answers whether a text is the nonce of this window or of the last one.
 *
 * A nonce of another server may name a key that this one has not read yet. The secrets are then read again.
 */
export async function isGoodNonce(keys: DerivedKeys, nonce: unknown, epochSeconds: number): Promise<boolean> {
  if (typeof nonce !== 'string') return false
  const [kid = '', signature] = nonce.split('.', 2)
  const derived = await keys.find(kid)
  if (!derived) return false
  const present = findWindow(epochSeconds)
  const made = [present, present - 1].map((window) => signWindow(derived.key, window))
  return nonce === `${kid}.${signature}` && made.includes(signature ?? '')
}

function findWindow(epochSeconds: number): number {
  return Math.floor(epochSeconds / WINDOW_SECONDS)
}

function signWindow(key: KeyObject, window: number): string {
  return createHmac('sha256', key).update(String(window)).digest('base64url')
}
