import { hkdfSync } from 'node:crypto'
import type { CryptoKey } from 'jose'

/** What a key derived from the operator's secret is for; a key of one purpose opens nothing of another. */
export type SecretPurpose = 'refresh-token' | 'password-reset' | 'signing-key' | 'mail'

/** A derived key and the public name by which a token or a ciphertext says which secret it was made with. */
export interface DerivedKey {
  kid: string
  key: CryptoKey
}

/** The keys of one purpose: the one to use, and those still accepted while a secret is being replaced. */
export interface DerivedKeys {
  current: DerivedKey
  accepted: Map<string, DerivedKey>
}

/** Every key derived from `SECRET_KEY` and its fallbacks. */
export type Secrets = Record<SecretPurpose, DerivedKeys>

/**
 * Derives the keys of every purpose by HKDF-SHA-256.
 *
 * @param secretKey - at least 32 bytes of real entropy
 * @param fallbacks - former secrets: still accepted, never used for anything new
 * @see RFC 5869
 */
export async function deriveSecrets(secretKey: string, fallbacks: string[]): Promise<Secrets> {
  return {
    'refresh-token': await deriveKeys('refresh-token', secretKey, fallbacks),
    'password-reset': await deriveKeys('password-reset', secretKey, fallbacks),
    'signing-key': await deriveKeys('signing-key', secretKey, fallbacks),
    mail: await deriveKeys('mail', secretKey, fallbacks),
  }
}

async function deriveKeys(purpose: SecretPurpose, secret: string, fallbacks: string[]): Promise<DerivedKeys> {
  const current = await deriveKey(purpose, secret)
  const former = await Promise.all(fallbacks.map((fallback) => deriveKey(purpose, fallback)))
  return { current, accepted: new Map([...former, current].map((derived) => [derived.kid, derived])) }
}

async function deriveKey(purpose: SecretPurpose, secret: string): Promise<DerivedKey> {
  const bytes = new Uint8Array(hkdfSync('sha256', secret, '', `latchkey/${purpose}`, 32))
  const name = hkdfSync('sha256', secret, '', `latchkey/${purpose}/kid`, 9)
  const kid = Buffer.from(name).toString('base64url')
  if (purpose === 'signing-key' || purpose === 'mail') {
    const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
    return { kid, key }
  }
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  return { kid, key: await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify']) }
}
