import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const GUIDES = new URL('../../../docs/guides/', import.meta.url)
const CODE = new URL('../code/', import.meta.url)

/** A block of code as it stands on a page. */
export interface Block {
  /** The page and the file; without a file, its number among the page's others without one. */
  id: string
  /** Empty where the page names none. */
  language: string
  /** The file it is, or null. */
  file: string | null
  code: string
}

/** The names of all pages. */
export async function listPages(): Promise<string[]> {
  return (await readdir(GUIDES)).flatMap((name) => (name.endsWith('.md') ? [name.slice(0, -3)] : []))
}

/** Reads the blocks of a page, in their order. */
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
 * Writes the files of a page to a folder of its own, below this package so that it finds its packages.
 *
 * @param folder - its name; in it is a folder for the page
 * @param edit - puts the addresses of a test in the place of those of the page
 * @returns the folder of the page
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

/** The blocks that written files are. */
export function blocksOf(paths: string[]): string[] {
  return paths
    .map((path) => relative(fileURLToPath(CODE), path).split('/').slice(1).join('/'))
    .filter((id) => id !== '')
}
