import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose'
import type { UserId } from '../../words/ids.ts'
import type { DerivedKeys } from '../keys/derived-keys.ts'
import { nameSeal } from '../keys/name-seal.ts'

/** Encrypts the secret of an authenticator app as a compact JWE (RFC 7516), for one user. */
export function sealTotpSecret(secret: string, userId: UserId, keys: DerivedKeys): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(secret))
    .setProtectedHeader({ ...headerOf(keys.current.kid), sub: userId })
    .encrypt(keys.current.key)
}

/** The key id comes third, as {@link nameSeal} expects. */
function headerOf(kid: string) {
  return { alg: 'dir', enc: 'A256GCM', kid }
}

/**
 * Decrypts the secret of an authenticator app.
 *
 * @throws when it was sealed for another user, or under a secret that is neither `SECRET_KEY` nor one of its fallbacks
 */
export async function openTotpSecret(sealed: string, userId: UserId, keys: DerivedKeys): Promise<string> {
  // The user is in the authenticated header, so a ciphertext that was moved to another row opens nothing.
  if (decodeProtectedHeader(sealed).sub !== userId) {
    throw new Error('The secret of an authenticator app was sealed for another user.')
  }
  const { plaintext } = await compactDecrypt(
    sealed,
    async ({ kid }) => {
      const derived = await keys.find(kid ?? '')
      if (derived) return derived.key
      throw new Error(
        'The secret of an authenticator app was sealed under another SECRET_KEY; add the former one to SECRET_KEY_FALLBACKS.',
      )
    },
    { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
  )
  return new TextDecoder().decode(plaintext)
}

/** What a sealed secret begins with, for each accepted key; the one of the current key comes first. */
export function listTotpSeals(keys: DerivedKeys): [string, ...string[]] {
  const others = [...keys.accepted.keys()].filter((kid) => kid !== keys.current.kid)
  return [nameSeal(keys.current.kid), ...others.map(nameSeal)]
}
