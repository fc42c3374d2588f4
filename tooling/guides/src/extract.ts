import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const GUIDES = new URL('../../../docs/guides/', import.meta.url)
const CODE = new URL('../code/', import.meta.url)

/** A block of code as it stands on a page. */
export interface Block {
  language: string
  /** The file it is, or null. */
  file: string | null
  code: string
}

/** Reads the blocks of a page, in their order. */
export async function readBlocks(page: string): Promise<Block[]> {
  const text = await readFile(new URL(`${page}.md`, GUIDES), 'utf8')
  return [...text.matchAll(/^```(\w+)(?: file=(\S+))?\n(.*?)^```$/gms)].map(
    ([, language = '', file, code = '']) => ({ language, file: file ?? null, code }),
  )
}

/**
 * Writes the files of a page to a folder of its own, below this package so that it finds its packages.
 *
 * @param name - of the folder
 * @param edit - puts the addresses of a test in the place of those of the page
 * @returns the folder
 */
export async function writeFiles(
  page: string,
  { name, edit }: { name: string; edit?: (code: string) => string },
): Promise<string> {
  const folder = new URL(`${name}/`, CODE)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const { file, code } of await readBlocks(page)) {
    if (file) await writeFile(new URL(file, folder), edit ? edit(code) : code)
  }
  return fileURLToPath(folder)
}
