import { DEFAULT_CORE_CONFIG as defaults } from '@latchkey/core'
import { LANGUAGE_TAGS, type LanguageTag } from '@latchkey/languages'
import { documented, type SettingsOf, setting } from './setting.ts'

export const languageVariables = {
  DEFAULT_LANGUAGE: documented(
    setting({
      expected: `one of ${LANGUAGE_TAGS.join(', ')}`,
      read: (text) => LANGUAGE_TAGS.find((tag) => tag.toLowerCase() === text.toLowerCase()),
    }),
    { default: '`en`', meaning: 'the language for people who have not chosen one' },
  ),
}

/** The settings of {@link languageVariables}, with their defaults. */
export function languageConfig(env: SettingsOf<typeof languageVariables>): { defaultLanguage: LanguageTag } {
  return { defaultLanguage: env.DEFAULT_LANGUAGE ?? defaults.defaultLanguage }
}
