import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Catalogue, LANGUAGE_TAGS, SOURCE_LANGUAGE } from '../src/index.ts'
import { checkText, checkTranslation } from './check-text.ts'
import { listCatalogues, readCatalogue } from './find-packages.ts'

const KEY = /^[a-z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9_-]*)*$/

/**
 * Lists what is wrong with the catalogues in a folder, of which each language must have one. Each entry names the
 * language, the key and the fault.
 */
export function checkPackage(folder: string): string[] {
  const english = readCatalogue(folder, SOURCE_LANGUAGE)
  const surplus = listCatalogues(folder).filter((tag) => !LANGUAGE_TAGS.some((known) => known === tag))
  return [
    ...surplus.map((tag) => `${tag}: is none of our languages`),
    ...LANGUAGE_TAGS.flatMap((tag) => {
      if (!existsSync(join(folder, `${tag}.json`))) return [`${tag}: is missing`]
      const faults = [
        ...checkFile(readFileSync(join(folder, `${tag}.json`), 'utf8')),
        ...checkCatalogue(english, readCatalogue(folder, tag), tag),
      ]
      return faults.map((fault) => `${tag}: ${fault}`)
    }),
  ]
}

/** Lists what is wrong with the catalogue of a language. */
export function checkCatalogue(english: Catalogue, catalogue: Catalogue, tag: string): string[] {
  const missing = Object.keys(english).filter((key) => !Object.hasOwn(catalogue, key))
  const surplus = Object.keys(catalogue).filter((key) => !Object.hasOwn(english, key))
  return [
    ...missing.map((key) => `${key} is missing`),
    ...surplus.map((key) => `${key} is not in the English catalogue`),
    ...Object.entries(catalogue).flatMap(([key, text]) => {
      const source = english[key]
      if (source === undefined) return []
      const faults = tag === SOURCE_LANGUAGE ? checkText(text, tag) : checkTranslation(source, text, tag)
      return faults.map((fault) => `${key} ${fault}`)
    }),
  ]
}

/** Lists what is wrong with the file: its keys are sorted, and none is there twice. So two changes merge as a union. */
export function checkFile(file: string): string[] {
  const catalogue: Catalogue = JSON.parse(file)
  const sorted = Object.fromEntries(Object.entries(catalogue).sort(([a], [b]) => (a < b ? -1 : 1)))
  return [
    ...Object.keys(catalogue)
      .filter((key) => !KEY.test(key))
      .map((key) => `${key} is no key such as area.thing`),
    ...(file === `${JSON.stringify(sorted, null, 2)}\n` ? [] : ['the file is not sorted by its keys']),
  ]
}
