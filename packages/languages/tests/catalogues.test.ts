import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkPackage } from '../check/check-package.ts'
import { findPackages, readCatalogue } from '../check/find-packages.ts'
import { findUnusedKeys, readSources } from '../check/find-unused.ts'
import { createGeneratedFiles } from '../generator/generated-files.ts'

const packages = findPackages()
const ofOurs = packages.filter(({ isPublished }) => !isPublished)

describe('the packages with texts', () => {
  it('are found', () => {
    expect(packages.map(({ name }) => name)).toContain('packages/client')
  })

  it.each(packages)('$name has sound texts in every language', ({ folder }) => {
    expect(checkPackage(folder)).toEqual([])
  })

  // The client makes plain modules of its catalogues, whose type names every sentence.
  it.each(ofOurs)('$name uses each of its texts', ({ folder }) => {
    expect(findUnusedKeys(readCatalogue(folder, 'en'), readSources(folder))).toEqual([])
  })

  it.each(ofOurs)(
    '$name has the types and the list of its catalogues as `npm run generate` writes them',
    (found) => {
      for (const [name, text] of Object.entries(createGeneratedFiles(found))) {
        const file = join(found.folder, 'generated', name)
        expect(existsSync(file) ? readFileSync(file, 'utf8') : `${name} is missing`).toBe(text)
      }
    },
  )
})
