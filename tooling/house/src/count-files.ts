import { type Column, listColumns, listOperations, listSettings, type Setting } from './list-features.ts'
import { quantile } from './quantile.ts'
import { readSources, type Source } from './read-sources.ts'

/** How many hand-written files the features of a kind are wired in. */
export interface Spread {
  median: number
  highest: number
  /** The feature with the highest number. */
  highestName: string
}

/** The spread of every kind of feature. */
export interface Spreads {
  operation: Spread
  setting: Spread
  column: Spread
}

/** How many hand-written files the median feature of a kind may have. */
export const FILE_BARS: Readonly<Record<keyof Spreads, number>> = { operation: 5, setting: 3, column: 5 }

const CONTRACT = 'packages/contract/src/'
const CORE = 'packages/core/src/'
const SERVER = 'apps/server/src/'
const CLIENT = 'packages/client/src/'

/**
 * Counts the hand-written files of every operation, setting and column of a repository.
 *
 * Only wiring counts, not use:
 * - operation: a file that has its name as an identifier. Of the tests, only the test beside it.
 * - setting: a file that has its variable or its key of the configuration as a key of an object or of a type. A file
 *   that only reads `config.key` uses the setting.
 * - column: the same, in the folder of its table, in `words` and in the contract. The operations use the column.
 *
 * Files are compared by the bare word: a key with a common word, such as `user` or `id`, counts more files than it has.
 * So a limit belongs to the median, not to the highest number.
 */
export function countFiles(root: string): Spreads {
  const sources = readSources(root, [CONTRACT, CORE, SERVER, CLIENT])
  return spreadFeatures(sources)
}

/** Counts as {@link countFiles} does, in sources that were read before. */
export function spreadFeatures(sources: readonly Source[]): Spreads {
  const operations = listOperations(sources).map(
    (name) => [name, countOf(sources, isWiringOf(name))] as const,
  )
  const settings = listSettings(sources).map(
    (setting) => [setting.variable, countOf(sources, setsUp(setting))] as const,
  )
  const columns = listColumns(sources).map(
    (column) => [`${column.table}.${column.key}`, countOf(sources, declares(column))] as const,
  )
  return { operation: spreadOf(operations), setting: spreadOf(settings), column: spreadOf(columns) }
}

function countOf(sources: readonly Source[], isCounted: (source: Source) => boolean): number {
  return sources.filter(isCounted).length
}

function isWiringOf(operation: string) {
  const beside = `/${toWords(operation, '-')}.test.ts`
  return ({ path, isTest, names }: Source) => names.has(operation) && (!isTest || path.endsWith(beside))
}

function setsUp({ variable, keys }: Setting) {
  return ({ path, isTest, keys: known }: Source) =>
    !isTest && !path.startsWith(CLIENT) && [variable, ...keys].some((key) => known.has(key))
}

function declares({ table, key }: Column) {
  const folders = [`${CORE}tables/${table}/`, `${CORE}words/`]
  return ({ path, isTest, keys }: Source) => {
    if (isTest) return false
    if (path.startsWith(CONTRACT)) return keys.has(toWords(key, '_'))
    return folders.some((folder) => path.startsWith(folder)) && keys.has(key)
  }
}

/** Writes a name in camelCase as lower-case words with a sign between them. */
function toWords(name: string, sign: '-' | '_'): string {
  return name.replace(/[A-Z]/g, (letter) => sign + letter.toLowerCase())
}

function spreadOf(counts: readonly (readonly [string, number])[]): Spread {
  const [highestName = '–', highest = 0] = counts.toSorted(([, a], [, b]) => b - a)[0] ?? []
  const files = counts.map(([, count]) => count)
  return { median: quantile(files, 0.5), highest, highestName }
}
