import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The imports of each file. All paths are relative to the folder, and only files of the folder are listed. */
export type Imports = ReadonlyMap<string, readonly string[]>

const SPECIFIER = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]+)['"]/g
const TEST = /\.test\.tsx?$|(?:^|\/)test-[\w-]+\.ts$/

/** Reads the imports among the source files of a folder, with imports of types and without tests. */
export function readImports(folder: string): Imports {
  const files = globSync('**/*.{ts,tsx}', { cwd: folder }).map((file) => file.replaceAll('\\', '/'))
  const sources = new Set(files.filter((file) => !TEST.test(file)).sort())
  return new Map([...sources].map((file) => [file, findImports(folder, file, sources)]))
}

function findImports(folder: string, file: string, sources: ReadonlySet<string>): string[] {
  const text = readFileSync(join(folder, file), 'utf8')
  const targets = [...text.matchAll(SPECIFIER)].map(([, path = '']) => join(dirname(file), path))
  return [...new Set(targets)].filter((target) => sources.has(target))
}
