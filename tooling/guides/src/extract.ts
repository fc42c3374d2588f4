import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const GUIDES = new URL('../../../docs/guides/', import.meta.url)
const CODE = new URL('../code/', import.meta.url)

/** A block of code of a page. */
export interface Block {
  /** The page and the file. A block without a file has its number among such blocks of the page. */
  id: string
  /** Empty when the page names no language. */
  language: string
  /** The name of its file, or null. */
  file: string | null
  code: string
}

/** Lists the names of all pages: `react`, and with its folder `moving-in/django`. */
export async function listPages(): Promise<string[]> {
  return (await readdir(GUIDES, { recursive: true })).flatMap((name) =>
    name.endsWith('.md') ? [name.slice(0, -3)] : [],
  )
}

/** Reads the blocks of a page, in the order of the page. */
export async function readBlocks(page: string): Promise<Block[]> {
  const text = await readFile(new URL(`${page}.md`, GUIDES), 'utf8')
  let unnamed = 0
  return [...text.matchAll(/^```([^\s`]*)(?: file=(\S+))?[^\n]*\n(.*?)^```$/gms)].map(
    ([, language = '', file = null, code = '']) => {
      if (file === null && language !== '') unnamed++
      return { id: `${page}/${file ?? unnamed}`, language, file, code }
    },
  )
}

/**
 * Writes the files of a page to a folder below this package, where imports of packages work.
 *
 * @param folder - the name of the folder; it gets one subfolder per page
 * @param edit - replaces the addresses of the page by those of a test
 * @returns the subfolder of the page
 */
export async function writeFiles(
  page: string,
  { folder, edit }: { folder: string; edit?: (code: string) => string },
): Promise<string> {
  const target = new URL(`${folder}/${page}/`, CODE)
  await rm(target, { recursive: true, force: true })
  await mkdir(target, { recursive: true })
  for (const { file, code } of await readBlocks(page)) {
    if (file) await writeFile(new URL(file, target), edit ? edit(code) : code)
  }
  return fileURLToPath(target)
}

/** Lists the ids of the blocks that belong to written files. */
export function blocksOf(paths: string[]): string[] {
  return paths
    .map((path) => relative(fileURLToPath(CODE), path).split('/').slice(1).join('/'))
    .filter((id) => id !== '')
}
