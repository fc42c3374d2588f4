import { spellFirebase } from '../../words/foreign-hashes/read-firebase.ts'
import { spellPbkdf2 } from '../../words/foreign-hashes/read-pbkdf2.ts'
import { spellScrypt } from '../../words/foreign-hashes/read-scrypt.ts'

/** A text that `readForeignHash` refuses as `unknown_hash`. */
const UNKNOWN = 'unknown'

/** Hashers whose texts say everything. */
const PLAIN = new Set([
  'argon2i',
  'argon2id',
  'bcrypt',
  'bcrypt_sha256_django',
  'md5',
  'pbkdf2_sha256_django',
  'phpass',
  'scrypt_werkzeug',
  'sha256',
])

const DECIMAL = /^\d{1,9}$/
const HEX = /^(?:[0-9a-f]{2})+$/i

/** Hashers whose texts leave a fact out: how the salt is written, or a parameter. Each returns null for another form. */
const SPELLERS: Record<string, (parts: string[]) => string | null> = {
  /** Clerk: `pbkdf2_sha256$<iterations>$<salt base64>$<hash base64>`. */
  pbkdf2_sha256: ([word, iterations = '', salt = '', hash = '']) =>
    word === 'pbkdf2_sha256' && DECIMAL.test(iterations)
      ? spellPbkdf2({
          digest: 'sha256',
          iterations: Number(iterations),
          salt: fromBase64(salt),
          hash: fromBase64(hash),
        })
      : null,
  /** Clerk: `pbkdf2_sha1$<iterations>$<salt as text>$<hash hex>`. */
  pbkdf2_sha1: ([word, iterations = '', salt = '', hash = '', ...rest]) =>
    word === 'pbkdf2_sha1' && DECIMAL.test(iterations) && HEX.test(hash) && rest.length === 0
      ? spellPbkdf2({
          digest: 'sha1',
          iterations: Number(iterations),
          salt: Buffer.from(salt),
          hash: Buffer.from(hash, 'hex'),
        })
      : null,
  /** Clerk: `<hash>$<salt>$<signer key>$<salt separator>$<rounds>$<memory cost>`. The signer key is left out. */
  scrypt_firebase: ([hash = '', salt = '', , saltSeparator = '', rounds = '', memCost = '']) =>
    DECIMAL.test(rounds) && DECIMAL.test(memCost)
      ? spellFirebase({ memCost: Number(memCost), rounds: Number(rounds), saltSeparator, salt, hash })
      : null,
  /** The first versions of Lucia: `<salt>:<hash hex>`. */
  lucia_legacy: (parts) => {
    const [salt = '', hash = '', ...rest] = parts.join('$').split(':')
    if (!HEX.test(hash) || rest.length > 0) return null
    return spellScrypt({ n: 16_384, r: 8, p: 1, salt: Buffer.from(salt), hash: Buffer.from(hash, 'hex') })
  },
}

/** The names of the hashers that a file may give. */
export const HASHERS = [...PLAIN, ...Object.keys(SPELLERS)].sort()

/**
 * Spells the hash of a file as `readForeignHash` takes it.
 *
 * @param hasher - one of {@link HASHERS}, or null when the hash says everything
 * @returns the text; of another hasher or another form a text that is refused as unknown
 */
export function spellHash(hasher: string | null, hash: string): string {
  if (hasher === null || hash === '' || PLAIN.has(hasher)) return hash
  const spell = Object.hasOwn(SPELLERS, hasher) ? SPELLERS[hasher] : undefined
  return spell?.(hash.split('$')) ?? UNKNOWN
}

/** The first words of Django's texts. Django cuts blanks from what is typed. */
const DJANGO = /^(?:pbkdf2_sha(?:1|256)|argon2|bcrypt|bcrypt_sha256|scrypt|md5|sha1)\$/
/** Texts of better-auth and of Lucia, which both normalise by NFKC. */
const NFKC = /^(?:s2:|[0-9a-f]{32}:[0-9a-f]{128}$)/i

/** Returns what is done with a typed password before the check, as `SourceUser.passwordForm` has it. */
export function findPasswordForm(hasher: string | null, hash: string): 0 | 1 | 2 {
  if (hasher === 'lucia_legacy' || NFKC.test(hash)) return 2
  return DJANGO.test(hash) ? 1 : 0
}

function fromBase64(text: string): Buffer {
  return Buffer.from(text, 'base64')
}
