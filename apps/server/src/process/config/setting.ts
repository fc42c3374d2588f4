import { z } from 'zod'

/**
 * One environment variable: the expected form, in words, and the function that reads its text.
 *
 * The sentence names the expected form and never the value, because a value may be a secret.
 *
 * @param rule.expected - completes "NAME must be …"
 * @param rule.read - returns the value, or undefined when the text does not have the expected form
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

/** The description of a setting in `docs/configuration.md`, in Markdown. */
export interface SettingWords {
  /** The default: a value in backticks, or words. */
  default: string
  meaning: string
  /** Whether the value is or contains a secret. A secret can also come from the file that `NAME_FILE` names. */
  secret?: true
  /** Whether the value is a list, so that its file may be empty. */
  list?: true
}

/** Stores with a setting the description for its row in `docs/configuration.md`. */
export function documented<Setting extends z.ZodType>(setting: Setting, words: SettingWords): Setting {
  return setting.meta({ words })
}

/** Reads the description that {@link documented} stored. */
export function readWords(setting: z.ZodType): SettingWords {
  return setting.meta()?.words as SettingWords
}

/** The values of some variables. A variable that is not set is undefined. */
export type SettingsOf<Variables extends z.ZodRawShape> = z.output<z.ZodObject<Variables>>
