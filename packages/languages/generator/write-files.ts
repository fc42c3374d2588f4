import { readSignature } from '../check/read-message.ts'
import type { Catalogue } from '../src/index.ts'
import { LANGUAGE_TAGS } from '../src/languages.ts'

const HEAD = '// Made from the catalogues by `npm run generate`; a change by hand is lost.\n\n'

/** Writes the types of the messages of a package. */
export function writeMessageTypes(english: Catalogue): string {
  const lines = Object.entries(english).map(([key, text]) => `  '${key}': ${writeType(key, text)}\n`)
  return `${HEAD}import type { Message } from '@latchkey/languages'

/** What each message takes, by its key. */
export interface Messages {
${lines.join('')}}
`
}

function writeType(key: string, text: string): string {
  try {
    const { values, tags } = readSignature(text)
    const fields = [...values].map(([name, type]) => `${name}: ${type}`).join('; ')
    const names = [...tags].map((tag) => `'${tag}'`).join(' | ')
    if (names) return `Message<${fields ? `{ ${fields} }` : 'Record<never, never>'}, ${names}>`
    return fields ? `Message<{ ${fields} }>` : 'Message'
  } catch (error) {
    throw new Error(`the English text ${key} is no ICU message: ${error}`, { cause: error })
  }
}

/** Writes the module that has the catalogues of every language. */
export function writeCatalogues(tags: string[]): string {
  const known = LANGUAGE_TAGS.filter((tag) => tags.includes(tag))
  const imports = known.map((tag) => `import ${name(tag)} from '../${tag}.json' with { type: 'json' }\n`)
  return `${HEAD}import type { Catalogues } from '@latchkey/languages'
${imports.join('')}import type { Messages } from './messages.ts'

/** The texts in every language. */
export const CATALOGUES: Catalogues<Messages> = { ${known.map((tag) => `${quote(tag)}: ${name(tag)}`).join(', ')} }
`
}

/** Writes the module that has the English catalogue, and loads one of the others when it is wanted. */
export function writeLoaders(tags: string[]): string {
  const known = LANGUAGE_TAGS.filter((tag) => tags.includes(tag) && tag !== 'en')
  const cases = known.map(
    (tag) =>
      `    case '${tag}':\n      return { en, ${quote(tag)}: (await import('../${tag}.json', { with: { type: 'json' } })).default }\n`,
  )
  return `${HEAD}import type { Catalogues, LanguageTag } from '@latchkey/languages'
import en from '../en.json' with { type: 'json' }
import type { Messages } from './messages.ts'

/** The English texts, which are there from the start. */
export const ENGLISH: Catalogues<Messages> = { en }

/** Loads the texts of a language. English is among them, for what the language lacks. */
export async function loadCatalogues(tag: LanguageTag): Promise<Catalogues<Messages>> {
  switch (tag) {
${cases.join('')}    default:
      return ENGLISH
  }
}
`
}

function name(tag: string): string {
  return tag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()).replace('-', '')
}

function quote(tag: string): string {
  return tag.includes('-') ? `'${tag}'` : tag
}
