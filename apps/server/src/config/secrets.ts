import { splitWords } from './readers.ts'
import { type SettingsOf, setting } from './setting.ts'

const MIN_BYTES = 32
const MIN_DISTINCT_CHARACTERS = 10

/** The variables that hold secrets; their values are never shown. */
export const secretVariables = {
  SECRET_KEY: setting({
    expected: `a secret of at least ${MIN_BYTES} bytes; make one with: openssl rand -base64 48`,
    read: (text) => (isLongEnough(text) ? text : undefined),
  }),
  SECRET_KEY_FALLBACKS: setting({
    expected: `former secrets of at least ${MIN_BYTES} bytes each, separated by commas`,
    read: (text) => (splitWords(text).every(isLongEnough) ? splitWords(text) : undefined),
  }),
}

/** The settings of {@link secretVariables}. */
export function secretConfig(env: SettingsOf<typeof secretVariables>) {
  return {
    /** Null outside production means: the one kept in the data folder. */
    secretKey: env.SECRET_KEY ?? null,
    secretKeyFallbacks: env.SECRET_KEY_FALLBACKS ?? [],
  }
}

/** Answers whether a secret is one of those that stand in manuals, or too plain to be random. */
export function isExampleSecret(secret: string): boolean {
  const exampleWords =
    /change.?me|change.?this|example|secret|password|replace|insecure|placeholder|your.?key/i
  return exampleWords.test(secret) || new Set(secret).size < MIN_DISTINCT_CHARACTERS
}

function isLongEnough(secret: string): boolean {
  return Buffer.byteLength(secret) >= MIN_BYTES
}
