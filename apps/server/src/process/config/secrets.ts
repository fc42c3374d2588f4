import { splitWords } from './readers.ts'
import { estimateEntropyBits } from './secret-entropy.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

const MIN_BYTES = 32
/**
 * The lower bound for 32 random bytes in hexadecimal (64 characters of 4 bits). Such a text stays above it in
 * practice.
 */
const MIN_ENTROPY_BITS = 128

/** The variables that hold secrets. Their values are never shown. */
export const secretVariables = {
  SECRET_KEY: documented(
    setting({
      expected: `a secret of at least ${MIN_BYTES} bytes; make one with: openssl rand -base64 48`,
      read: (text) => (isLongEnough(text) ? text : undefined),
    }),
    {
      default: 'made in development',
      meaning: 'at least 32 bytes of real entropy (`openssl rand -base64 48`); required in production',
      secret: true,
    },
  ),
  SECRET_KEY_FALLBACKS: documented(
    setting({
      expected: `former secrets of at least ${MIN_BYTES} bytes each, separated by commas or lines`,
      read: (text) => (splitWords(text).every(isLongEnough) ? splitWords(text) : undefined),
    }),
    {
      default: '–',
      meaning: 'former secrets, still accepted, separated by commas or lines',
      secret: true,
      list: true,
    },
  ),
}

/** The settings of {@link secretVariables}. */
export function secretConfig(env: SettingsOf<typeof secretVariables>, given: Record<string, string>) {
  return {
    /** Null outside production: the secret is the one in the data folder. */
    secretKey: env.SECRET_KEY ?? null,
    secretKeyFallbacks: env.SECRET_KEY_FALLBACKS ?? [],
    /** The files that the two come from; null: from the environment. */
    secretKeyFile: given.SECRET_KEY_FILE?.trim() ?? null,
    secretKeyFallbacksFile: given.SECRET_KEY_FALLBACKS_FILE?.trim() ?? null,
  }
}

/** Returns whether a secret contains a word of an example, or has too little entropy. */
export function isExampleSecret(secret: string): boolean {
  const exampleWords =
    /change.?me|change.?this|example|secret|password|replace|insecure|placeholder|your.?key/i
  return exampleWords.test(secret) || estimateEntropyBits(secret) < MIN_ENTROPY_BITS
}

/** Returns whether a secret has enough bytes for the keys that are derived from it. */
export function isLongEnough(secret: string): boolean {
  return Buffer.byteLength(secret) >= MIN_BYTES
}
