import { DEFAULT_CORE_CONFIG as defaults } from '@latchkey/core'
import { flag, integer } from './readers.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

export const accountVariables = {
  OLD_PASSWORD_FIELD_ENABLED: documented(flag(), {
    default: '`true`',
    meaning: 'a change of password asks for the old one',
  }),
  LOGOUT_ON_PASSWORD_CHANGE: documented(flag(), {
    default: '`true`',
    meaning: 'a change of password ends every other session',
  }),
  REGISTRATION_NAMES_REQUIRED: documented(flag(), {
    default: '`true`',
    meaning: 'a sign-up needs first and last name',
  }),
  PREVENT_ENUMERATION: documented(flag(), {
    default: '`true`',
    meaning: '`false` lets a mandatory sign-up tell that an address is taken',
  }),
  PASSWORD_HASH_MEMORY_KIB: documented(integer({ min: 8, max: 4_194_304 }), {
    default: '`19456`',
    meaning: 'memory of Argon2id; hashes of other parameters are renewed at the next sign-in',
  }),
  PASSWORD_HASH_PASSES: documented(integer({ min: 1, max: 100 }), {
    default: '`2`',
    meaning: 'passes of Argon2id',
  }),
  PASSWORD_HASH_LANES: documented(integer({ min: 1, max: 8 }), {
    default: '`1`',
    meaning: 'lanes of Argon2id',
  }),
  FIREBASE_SIGNER_KEY: documented(
    setting({ expected: 'the `base64_signer_key` of a Firebase project', read: readSignerKey }),
    {
      default: '–',
      meaning: 'checks the hashes of users who were moved in from Firebase',
      secret: true,
    },
  ),
}

/** A signer key has 64 bytes. */
const SIGNER_KEY_BYTES = { least: 16, most: 512 }

function readSignerKey(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined
  const key = Buffer.from(text, 'base64')
  return key.length >= SIGNER_KEY_BYTES.least && key.length <= SIGNER_KEY_BYTES.most ? key : undefined
}

/** Argon2 needs eight blocks of one KiB per lane. */
const MIN_KIB_PER_LANE = 8

/** Finds combinations of hash parameters that Argon2 refuses. */
export function findHashFaults({ passwordHash }: ReturnType<typeof accountConfig>): string[] {
  const least = MIN_KIB_PER_LANE * passwordHash.lanes
  if (passwordHash.memoryKib >= least) return []
  return [`PASSWORD_HASH_MEMORY_KIB must be at least ${least} with PASSWORD_HASH_LANES=${passwordHash.lanes}`]
}

/** The settings of {@link accountVariables}, with their defaults. */
export function accountConfig(env: SettingsOf<typeof accountVariables>) {
  return {
    oldPasswordRequired: env.OLD_PASSWORD_FIELD_ENABLED ?? defaults.oldPasswordRequired,
    logoutOnPasswordChange: env.LOGOUT_ON_PASSWORD_CHANGE ?? defaults.logoutOnPasswordChange,
    registrationNamesRequired: env.REGISTRATION_NAMES_REQUIRED ?? true,
    preventEnumeration: env.PREVENT_ENUMERATION ?? defaults.preventEnumeration,
    passwordHash: {
      memoryKib: env.PASSWORD_HASH_MEMORY_KIB ?? 19_456,
      passes: env.PASSWORD_HASH_PASSES ?? 2,
      lanes: env.PASSWORD_HASH_LANES ?? 1,
      firebaseSignerKey: env.FIREBASE_SIGNER_KEY ?? null,
    },
  }
}
