import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/** For each file the files that import it. Paths are relative to the root. */
export type Importers = ReadonlyMap<string, ReadonlySet<string>>

/** Reads who imports whom among the packages of a repository. */
export function readImporters(root: string): Importers {
  const files = globSync('{apps,packages}/*/{src,tests}/**/*.ts', { cwd: root }).map((file) =>
    file.replaceAll('\\', '/'),
  )
  const packages = readPackages(root)
  const importers = new Map<string, Set<string>>()
  for (const file of files) {
    const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'), true, true)
    for (const { fileName } of importedFiles) {
      const target = fileName.startsWith('.') ? join(dirname(file), fileName) : packages(fileName)
      if (target === null || !existsSync(join(root, target))) continue
      importers.set(target, (importers.get(target) ?? new Set()).add(file))
    }
  }
  return importers
}

/** Finds the files that import a file, directly or through others, with the length of the shortest way. */
export function measureWays(importers: Importers, file: string): ReadonlyMap<string, number> {
  const ways = new Map([[file, 0]])
  for (const [at, length] of ways) {
    for (const next of importers.get(at) ?? []) if (!ways.has(next)) ways.set(next, length + 1)
  }
  return ways
}

interface Manifest {
  name: string
  exports?: Record<string, string | object>
}

/** Makes the function that finds the file of `@latchkey/core/operations/auth/login`; null outside of our packages. */
function readPackages(root: string): (specifier: string) => string | null {
  const paths = globSync('{apps,packages}/*/package.json', { cwd: root })
  const manifests = paths.map((path) => ({
    folder: dirname(path),
    manifest: JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest,
  }))
  return (specifier) => {
    const found = manifests.find(({ manifest: { name } }) => `${specifier}/`.startsWith(`${name}/`))
    if (!found) return null
    const { folder, manifest } = found
    return findExport(folder, manifest.exports ?? {}, `.${specifier.slice(manifest.name.length)}`)
  }
}

function findExport(
  folder: string,
  exports: NonNullable<Manifest['exports']>,
  wanted: string,
): string | null {
  for (const [pattern, target] of Object.entries(exports)) {
    if (typeof target !== 'string') continue
    const [before = '', after] = pattern.split('*')
    if (pattern === wanted) return join(folder, target)
    if (after !== undefined && wanted.startsWith(before))
      return join(folder, target.replace('*', wanted.slice(before.length)))
  }
  return null
}
