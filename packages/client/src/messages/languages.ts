import { MESSAGE_LOADERS } from '../generated/message-loaders.ts'
import { messages as english } from '../generated/messages-en.ts'
import type { Messages } from './message-keys.ts'

/** The language that is used where the wanted one is missing. */
export const FALLBACK = 'en'

/** A language, or several by preference: BCP 47 tags such as those of `navigator.languages`. */
export type WantedLanguages = string | readonly string[]

/** The sentences that were found for a wanted language, and their own language. */
export interface FoundMessages {
  tag: string
  messages: Messages
}

const LOADERS: Readonly<Record<string, () => Promise<Messages>>> = MESSAGE_LOADERS

/** The tags of every language that can be loaded, English among them. */
export const MESSAGE_LANGUAGES: readonly string[] = [FALLBACK, ...Object.keys(LOADERS)]

/** Traditional characters of Chinese. The sentences in Chinese are in simplified ones. */
const TRADITIONAL_CHINESE = /^zh-(?:.*-)?(?:hant|tw|hk|mo)(?:-|$)/

/** The languages that were loaded. */
export interface LanguageStore {
  /** Loads the first wanted language that is there, and gives its tag; that of English when it cannot be loaded. */
  load(languages: WantedLanguages): Promise<string>
  /** Finds the first wanted language that was loaded, or English. */
  find(languages: WantedLanguages): FoundMessages
}

/** Creates a store in which English is loaded. */
export function createLanguageStore(): LanguageStore {
  const loaded = new Map<string, Messages>([[FALLBACK, english]])
  return {
    load: async (languages) => {
      const tag = findTag(languages, MESSAGE_LANGUAGES) ?? FALLBACK
      const load = LOADERS[tag]
      if (!load || loaded.has(tag)) return tag
      try {
        loaded.set(tag, await load())
        return tag
      } catch {
        return FALLBACK
      }
    },
    find: (languages) => {
      const tag = findTag(languages, [...loaded.keys()]) ?? FALLBACK
      return { tag, messages: loaded.get(tag) ?? english }
    },
  }
}

const store = createLanguageStore()

/**
 * Loads the sentences of the first of the wanted languages that is there, so that they are used from now on.
 *
 * It never rejects: where the sentences cannot be loaded, English ones are used.
 *
 * @param languages - a BCP 47 tag, or a list of them such as `navigator.languages`
 * @returns the tag of the language in which errors are described for these languages now
 */
export function loadMessages(languages: WantedLanguages): Promise<string> {
  return store.load(languages)
}

/** Finds the sentences of the first wanted language that was loaded; those of English when none was. */
export function findMessages(languages: WantedLanguages): FoundMessages {
  return store.find(languages)
}

/**
 * Finds the first wanted language among those that are there: `de-AT` finds `de`, and `pt-PT` finds `pt-BR`.
 *
 * Some React Natives have no `Intl.Locale`.
 */
function findTag(languages: WantedLanguages, tags: readonly string[]): string | undefined {
  for (const language of typeof languages === 'string' ? [languages] : languages) {
    const wanted = language.toLowerCase()
    if (TRADITIONAL_CHINESE.test(wanted)) continue
    const primary = wanted.split('-', 1)[0]
    const found = tags.find((tag) => tag.toLowerCase().split('-', 1)[0] === primary)
    if (found) return found
  }
  return undefined
}
