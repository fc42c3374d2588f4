import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'

/** What a key derived from `SECRET_KEY` is for. A key works for its own purpose only. */
export type SecretPurpose =
  | 'refresh-token'
  | 'password-reset'
  | 'signing-key'
  | 'mail'
  | 'sign-up-salt'
  | 'totp'

/** A derived key, and the public key id by which a token or a ciphertext names it. */
export interface DerivedKey {
  kid: string
  key: KeyObject
}

/** The keys of one purpose: the current key, and all accepted keys while a secret is being replaced. */
export interface DerivedKeys {
  current: DerivedKey
  accepted: Map<string, DerivedKey>
}

/** The keys derived from `SECRET_KEY` and its fallbacks, by purpose. */
export type Secrets = Record<SecretPurpose, DerivedKeys>

/**
 * Derives the keys of every purpose by HKDF-SHA-256.
 *
 * @param secretKey - at least 32 bytes of real entropy
 * @param fallbacks - former secrets: still accepted, and not used for new tokens or ciphertexts
 * @see RFC 5869
 */
export function deriveSecrets(secretKey: string, fallbacks: string[]): Secrets {
  return {
    'refresh-token': deriveKeys('refresh-token', secretKey, fallbacks),
    'password-reset': deriveKeys('password-reset', secretKey, fallbacks),
    'signing-key': deriveKeys('signing-key', secretKey, fallbacks),
    mail: deriveKeys('mail', secretKey, fallbacks),
    'sign-up-salt': deriveKeys('sign-up-salt', secretKey, fallbacks),
    totp: deriveKeys('totp', secretKey, fallbacks),
  }
}

function deriveKeys(purpose: SecretPurpose, secret: string, fallbacks: string[]): DerivedKeys {
  const current = deriveKey(purpose, secret)
  const former = fallbacks.map((fallback) => deriveKey(purpose, fallback))
  return { current, accepted: new Map([...former, current].map((derived) => [derived.kid, derived])) }
}

function deriveKey(purpose: SecretPurpose, secret: string): DerivedKey {
  const bytes = new Uint8Array(hkdfSync('sha256', secret, '', `latchkey/${purpose}`, 32))
  const name = hkdfSync('sha256', secret, '', `latchkey/${purpose}/kid`, 9)
  return { kid: Buffer.from(name).toString('base64url'), key: createSecretKey(bytes) }
}
