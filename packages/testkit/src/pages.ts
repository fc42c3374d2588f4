import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')

/** A table of a page, with the heading above it. */
export interface PageTable {
  heading: string
  head: string[]
  /** The cells of each row, as text. */
  rows: string[][]
}

/** Reads a page of the repository by its path from the root: `docs/contract.md`. */
export function readPage(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** Lists the tables of a page, in the order of the page. */
export function readTables(page: string): PageTable[] {
  return page.split(/^#+ /m).flatMap((section) => {
    const heading = section.slice(0, section.indexOf('\n'))
    const tables = section.match(/^\|.*\n\|[ :|-]+\n(?:\|.*\n?)*/gm) ?? []
    return tables.map((table) => {
      const [head = [], , ...rows] = table.trim().split('\n').map(splitCells)
      return { heading, head, rows }
    })
  })
}

/** Lists the pieces of code in a text. */
export function listCodes(text = ''): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].flatMap(([, code]) => code ?? [])
}

function splitCells(line: string): string[] {
  return line
    .replace(/^\||\|\s*$/g, '')
    .split('|')
    .map((cell) => cell.trim())
}
