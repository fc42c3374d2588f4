import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Phrase, readPhrase } from '@latchkey/languages/read-phrase'
import { PACKAGE } from '../packaging/manifest.ts'

const FOLDER = join(PACKAGE, 'languages')
/** The keys of this area lie beside the other areas in the written object. */
const GENERAL = 'general'
const SOURCE = 'en'

/** Writes a module for each language of the package, and the module that loads them. */
export function writeMessages(): Record<string, string> {
  const tags = globSync('*.json', { cwd: FOLDER }).map((file) => basename(file, '.json'))
  const modules = tags.map((tag) => [`messages-${tag.toLowerCase()}.ts`, writeLanguage(tag)])
  return { ...Object.fromEntries(modules), 'message-loaders.ts': writeLoaders(tags.sort()) }
}

/** A sentence with a number becomes one text for each plural form, which `count.ts` chooses from. */
function writeLanguage(tag: string): string {
  const catalogue: Record<string, string> = JSON.parse(readFileSync(join(FOLDER, `${tag}.json`), 'utf8'))
  const areas: Record<string, Record<string, Phrase>> = {}
  for (const [key, text] of Object.entries(catalogue)) {
    const [area = '', name = ''] = key.split('.')
    areas[area] = { ...areas[area], [name]: readPhrase(text, 'count') }
  }
  const { [GENERAL]: general, ...others } = areas
  const messages = { ...others, ...general }
  return `/** The sentences of the language ${tag}. */
export const messages = ${JSON.stringify(messages, null, 2)}
`
}

function writeLoaders(tags: string[]): string {
  const loaders = tags
    .filter((tag) => tag !== SOURCE)
    .map((tag) => {
      const module = `./messages-${tag.toLowerCase()}.ts`
      return `  '${tag}': async () => (await import('${module}')).messages,\n`
    })
  return `/** Loads the sentences of each language beside English. */
export const MESSAGE_LOADERS = {
${loaders.join('')}}
`
}
