import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')
const patterns = ['bench/peers', 'examples/*', 'tooling/compat/runtimes/*', 'tooling/site/generator']
const folders = globSync(
  patterns.map((pattern) => `${pattern}/package.json`),
  { cwd: ROOT, exclude: (path) => path.endsWith('node_modules') },
).map((path) => join(path, '..'))

const read = (folder: string, name: string) => JSON.parse(readFileSync(join(ROOT, folder, name), 'utf8'))

test('the folders are found', () => {
  expect(folders).toEqual(
    expect.arrayContaining(['examples/spa', 'tooling/compat/runtimes/engines', 'tooling/site/generator']),
  )
})

describe.each(folders)('%s', (folder) => {
  const { dependencies = {}, devDependencies = {} } = read(folder, 'package.json')
  const { '@latchkey/client': _, ...others } = { ...dependencies, ...devDependencies }
  const { packages } = read(folder, 'package-lock.json')

  test('names exact versions, which are those of its lockfile', () => {
    for (const [name, version] of Object.entries<string>(others)) {
      const [exact] = /\d+\.\d+\.\d+\S*$/.exec(version) ?? []
      expect(version, name).toMatch(/^(?:npm:\S+@)?\d+\.\d+\.\d+\S*$/)
      expect(packages[`node_modules/${name}`]?.version, name).toBe(exact)
    }
  })

  test('has a hash and an address of the registry for every package', () => {
    const { '': own, ...brought } = packages
    expect(Object.keys({ ...own.dependencies, ...own.devDependencies }).sort()).toEqual(
      Object.keys(others).sort(),
    )
    for (const [name, { integrity, resolved, inBundle }] of Object.entries<Record<string, unknown>>(
      brought,
    )) {
      // What another package bundles comes by the hash of that package.
      if (inBundle) continue
      expect(integrity, name).toMatch(/^sha\d+-/)
      expect(resolved, name).toMatch(/^https:\/\/registry\.npmjs\.org\//)
    }
  })
})
