import { CompactEncrypt, compactDecrypt } from 'jose'
import type { DerivedKeys } from '../keys/derived-keys.ts'
import type { MailKind } from './mail-kinds.ts'

/** A composed mail. */
export interface ComposedMail {
  /** The id in logs and in the `Message-ID`, the same at every attempt. */
  id: string
  kind: MailKind
  to: string
  /** When the mail was composed, in ISO 8601. */
  date: string
  subject: string
  text: string
  html: string
  /** Whether this is a decoy mail, which is not sent. */
  discard: boolean
}

/** Encrypts a mail for the database as a compact JWE (RFC 7516), because its link is a credential. */
export async function sealMail(mail: ComposedMail, keys: DerivedKeys): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(mail)))
    .setProtectedHeader(headerOf(keys.current.kid))
    .encrypt(keys.current.key)
}

function headerOf(kid: string) {
  return { alg: 'dir', enc: 'A256GCM', kid }
}

/** What a mail begins with that was sealed under one of the keys: its header, which names the key. */
export function listSeals(keys: DerivedKeys): string[] {
  const kids = [...keys.accepted.keys()]
  return kids.map((kid) => `${Buffer.from(JSON.stringify(headerOf(kid))).toString('base64url')}.`)
}

/**
 * Decrypts a sealed mail.
 *
 * @throws when the mail was sealed under a secret that is neither `SECRET_KEY` nor one of its fallbacks
 */
export async function openMail(sealed: string, keys: DerivedKeys): Promise<ComposedMail> {
  const { plaintext } = await compactDecrypt(
    sealed,
    ({ kid }) => {
      const derived = keys.accepted.get(kid ?? '')
      if (!derived) throw new Error('The mail was sealed under a secret this server does not hold.')
      return derived.key
    },
    { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
  )
  return JSON.parse(new TextDecoder().decode(plaintext)) as ComposedMail
}
