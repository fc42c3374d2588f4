import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from '../src/index.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** A package that has texts for people. */
export interface PackageWithTexts {
  /** The folder of the package below the root: `apps/server`. */
  name: string
  /** The folder of its catalogues. */
  folder: string
  /** A browser loads one language, a server loads all. */
  isForBrowsers: boolean
  /** Its catalogues lie outside of `src/`, because what is published is made from them. */
  isPublished: boolean
}

/** Finds every package with a folder `languages/` that has an English catalogue. */
export function findPackages(): PackageWithTexts[] {
  const names = ['apps', 'packages'].flatMap((parent) =>
    readdirSync(join(ROOT, parent)).map((name) => `${parent}/${name}`),
  )
  return names.flatMap((name) =>
    ['src/languages', 'languages']
      .filter((below) => existsSync(join(ROOT, name, below, 'en.json')))
      .map((below) => ({
        name,
        folder: join(ROOT, name, below),
        isForBrowsers: existsSync(join(ROOT, name, 'vite.config.ts')),
        isPublished: below === 'languages',
      })),
  )
}

/** Lists the tags of the catalogues in a folder. */
export function listCatalogues(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort()
}

/** Reads the catalogue of a language. */
export function readCatalogue(folder: string, tag: string): Catalogue {
  return JSON.parse(readFileSync(join(folder, `${tag}.json`), 'utf8'))
}
