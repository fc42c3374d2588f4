import { z } from 'zod'

/**
 * One environment variable: what is expected of it, in words, and how its text is read.
 *
 * The sentence names what was expected and never the value, because a value may be a secret.
 *
 * @param rule.expected - completes "NAME must be …"
 * @param rule.read - the value, or undefined when the text is not what was expected
 */
export function setting<T>(rule: { expected: string; read: (text: string) => T | undefined }) {
  const value = z.string().transform((text, check): T => {
    const read = rule.read(text.trim())
    if (read !== undefined) return read
    check.issues.push({ code: 'custom', input: null, message: `must be ${rule.expected}` })
    return z.NEVER
  })
  return value.optional()
}

/** What `docs/configuration.md` says of a setting, in Markdown. */
export interface SettingWords {
  /** What holds when it is not set: a value in backticks, or words. */
  default: string
  meaning: string
}

/** Keeps with a setting what its row in `docs/configuration.md` says. */
export function documented<Setting extends z.ZodType>(setting: Setting, words: SettingWords): Setting {
  return setting.meta({ words })
}

/** Reads what {@link documented} kept. */
export function readWords(setting: z.ZodType): SettingWords {
  return setting.meta()?.words as SettingWords
}

/** The values of some variables; one that is not set is undefined. */
export type SettingsOf<Variables extends z.ZodRawShape> = z.output<z.ZodObject<Variables>>
