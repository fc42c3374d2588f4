import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'

/** What a key derived from `SECRET_KEY` is for. A key works for its own purpose only. */
export type SecretPurpose =
  | 'refresh-token'
  | 'password-reset'
  | 'signing-key'
  | 'mail'
  | 'sign-up-salt'
  | 'totp'
  | 'recovery-code'
  | 'import'
  | 'throttle'
  | 'dpop-nonce'
  | 'decoy'

/** A derived key, and the public key id by which a token or a ciphertext names it. */
export interface DerivedKey {
  kid: string
  key: KeyObject
}

/**
 * The keys of one purpose: the current key, and all accepted keys while a secret is being replaced.
 *
 * A running process may get other secrets, so nothing keeps `current` or `accepted` for longer than a moment.
 */
export interface DerivedKeys {
  current: DerivedKey
  accepted: Map<string, DerivedKey>
  /** Finds the key that a token or a ciphertext names. For an unknown one the secrets are read again first. */
  find(kid: string): Promise<DerivedKey | null>
}

/** The keys derived from `SECRET_KEY` and its fallbacks, by purpose. */
export type Secrets = Record<SecretPurpose, DerivedKeys>

/**
 * Derives the keys of every purpose by HKDF-SHA-256.
 *
 * @param secretKey - at least 32 bytes of real entropy
 * @param fallbacks - former secrets: still accepted, and not used for new tokens or ciphertexts
 * @param reread - reads the secrets again, when a key is not known
 * @see RFC 5869
 */
export function deriveSecrets(secretKey: string, fallbacks: string[], reread?: () => Promise<void>): Secrets {
  const derive = (purpose: SecretPurpose) => openKeys(deriveKeys(purpose, secretKey, fallbacks), reread)
  return {
    'refresh-token': derive('refresh-token'),
    'password-reset': derive('password-reset'),
    'signing-key': derive('signing-key'),
    mail: derive('mail'),
    'sign-up-salt': derive('sign-up-salt'),
    totp: derive('totp'),
    'recovery-code': derive('recovery-code'),
    import: derive('import'),
    throttle: derive('throttle'),
    'dpop-nonce': derive('dpop-nonce'),
    decoy: derive('decoy'),
  }
}

/** Gives running services other keys. They hold the keys of a purpose as one object, which stays. */
export function replaceSecrets(secrets: Secrets, next: Secrets): void {
  for (const purpose of Object.keys(secrets) as SecretPurpose[]) {
    const { current, accepted } = next[purpose]
    Object.assign(secrets[purpose], { current, accepted })
  }
}

function openKeys(derived: Omit<DerivedKeys, 'find'>, reread?: () => Promise<void>): DerivedKeys {
  const keys: DerivedKeys = {
    ...derived,
    find: async (kid) => {
      if (!keys.accepted.has(kid)) await reread?.()
      return keys.accepted.get(kid) ?? null
    },
  }
  return keys
}

function deriveKeys(purpose: SecretPurpose, secret: string, fallbacks: string[]) {
  const current = deriveKey(purpose, secret)
  const former = fallbacks.map((fallback) => deriveKey(purpose, fallback))
  return { current, accepted: new Map([...former, current].map((derived) => [derived.kid, derived])) }
}

function deriveKey(purpose: SecretPurpose, secret: string): DerivedKey {
  const bytes = new Uint8Array(hkdfSync('sha256', secret, '', `latchkey/${purpose}`, 32))
  const name = hkdfSync('sha256', secret, '', `latchkey/${purpose}/kid`, 9)
  return { kid: Buffer.from(name).toString('base64url'), key: createSecretKey(bytes) }
}
