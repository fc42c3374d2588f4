import { CompactEncrypt, compactDecrypt } from 'jose'
import type { DerivedKeys } from '../keys/derived-keys.ts'
import type { MailKind } from './mail-kinds.ts'

/** A mail ready to be sent. */
export interface ComposedMail {
  /** Names the mail in logs and in its `Message-ID`; the same at every attempt. */
  id: string
  kind: MailKind
  to: string
  /** When it was composed, ISO 8601. */
  date: string
  subject: string
  text: string
  html: string
  /** Not to be sent: it was queued so that an address that is owed nothing costs the same. */
  discard: boolean
}

/** Encrypts a mail as a compact JWE (RFC 7516) while it lies in the database: its link is a credential. */
export async function sealMail(mail: ComposedMail, keys: DerivedKeys): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(mail)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: keys.current.kid })
    .encrypt(keys.current.key)
}

/** @throws when the mail was sealed under a secret that is neither `SECRET_KEY` nor one of its fallbacks */
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
