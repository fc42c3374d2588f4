import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The manifest of the package, as far as the packaging reads it. */
export interface Manifest {
  exports: Record<string, string>
  publishConfig: Record<string, unknown>
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

/** One thing that a program can import: `@latchkey/client/react`. */
export interface Entry {
  /** Its key in `exports`: `./react`. */
  name: string
  /** Its compiled file below `dist`, without an ending: `react/index`. */
  path: string
}

/** The folder of the package. */
export const PACKAGE = join(import.meta.dirname, '..')

/** Reads the manifest of the package. */
export function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
}

/** Lists the entries of the package. Everything that is published about them follows from this list. */
export function listEntries({ exports }: Pick<Manifest, 'exports'>): Entry[] {
  return Object.entries(exports).flatMap(([name, source]) => {
    const [, path] = /^\.\/src\/(.*)\.tsx?$/.exec(source) ?? []
    return path ? [{ name, path }] : []
  })
}
