import { CompactEncrypt, compactDecrypt } from 'jose'
import type { DerivedKeys } from '../keys/derived-keys.ts'
import type { MailKind } from './mail-kinds.ts'

interface Addressed {
  /** The id in logs and in the `Message-ID`, the same at every attempt. */
  id: string
  kind: MailKind
  to: string
  /** When the mail was queued, in ISO 8601. */
  date: string
  /** Whether this is a decoy mail, which is not sent. */
  discard: boolean
}

/** A mail as the queue holds it: its variables, from which the worker composes it. So a row of the queue is small. */
export interface PreparedMail extends Addressed {
  /** The language of the recipient; null for `DEFAULT_LANGUAGE`, undefined in a mail that a former release queued. */
  language?: string | null
  /** The variables of the template, made safe. */
  view: Record<string, unknown>
}

/** A composed mail. */
export interface ComposedMail extends Addressed {
  /** The language of its texts; undefined in a mail that a former release queued. */
  language?: string
  subject: string
  text: string
  html: string
}

/** A mail of the queue. Former releases queued composed mails. */
export type SealedMail = PreparedMail | ComposedMail

/**
 * Extensions of the header of a prepared mail. A worker of a former release refuses one that it does not know, and leaves
 * the mail to others: `prepared` came with the variables, `written` with values that the worker writes in a language.
 */
const PREPARED = { prepared: true, written: true }

/** Encrypts a mail for the database as a compact JWE (RFC 7516), because its link is a credential. */
export async function sealMail(mail: SealedMail, keys: DerivedKeys): Promise<string> {
  const header = headerOf(keys.current.kid)
  const extension = 'view' in mail ? { ...PREPARED, crit: Object.keys(PREPARED) } : {}
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(mail)))
    .setProtectedHeader({ ...header, ...extension })
    .encrypt(keys.current.key, { crit: PREPARED })
}

function headerOf(kid: string) {
  return { alg: 'dir', enc: 'A256GCM', kid }
}

/** What a composed mail begins with that was sealed under one of the keys: its header, which names the key. */
export function listSeals(keys: DerivedKeys): string[] {
  const kids = [...keys.accepted.keys()]
  return kids.map((kid) => `${Buffer.from(JSON.stringify(headerOf(kid))).toString('base64url')}.`)
}

/**
 * Decrypts a sealed mail.
 *
 * @throws when the mail was sealed under a secret that is neither `SECRET_KEY` nor one of its fallbacks
 */
export async function openMail(sealed: string, keys: DerivedKeys): Promise<SealedMail> {
  const { plaintext } = await compactDecrypt(
    sealed,
    async ({ kid }) => {
      const derived = await keys.find(kid ?? '')
      if (!derived) throw new Error('The mail was sealed under a secret this server does not hold.')
      return derived.key
    },
    { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'], crit: PREPARED },
  )
  return JSON.parse(new TextDecoder().decode(plaintext)) as SealedMail
}
