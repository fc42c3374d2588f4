import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from '../src/index.ts'

const IS_NO_SOURCE = /(?:^|[\\/])generated[\\/]|\.test\.tsx?$/
/** A text of TypeScript that is made of parts: `${kind}.subject`. */
const TEMPLATE = /`([^`\n]*\$\{[^`\n]*)`/g
const PART = /\$\{[^}]*\}/

/** Finds the keys that no source file of a package names, whole or by a template that has the form of the key. */
export function findUnusedKeys(english: Catalogue, sources: readonly string[]): string[] {
  const text = sources.join('\n')
  const templates = [...text.matchAll(TEMPLATE)].map(([, template = '']) => createPattern(template))
  return Object.keys(english).filter(
    (key) => !text.includes(`'${key}'`) && !templates.some((pattern) => pattern.test(key)),
  )
}

/** Reads the source files beside the catalogues of a package. */
export function readSources(folder: string): string[] {
  const root = join(folder, '..')
  const paths = globSync('**/*.{ts,tsx}', { cwd: root }).filter((path) => !IS_NO_SOURCE.test(path))
  return paths.map((path) => readFileSync(join(root, path), 'utf8'))
}

function createPattern(template: string): RegExp {
  const fixed = template.split(PART).map((part) => part.replace(/[^\w-]/g, '\\$&'))
  return new RegExp(`^${fixed.join('.+')}$`)
}
