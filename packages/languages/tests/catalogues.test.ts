import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkPackage } from '../check/check-package.ts'
import { COMPLETE } from '../check/complete.ts'
import { findPackages } from '../check/find-packages.ts'
import { createGeneratedFiles } from '../generator/generated-files.ts'

const packages = findPackages()

describe('the packages with texts', () => {
  it('are found', () => {
    expect(packages.map(({ name }) => name)).toContain('packages/client')
  })

  it.each(packages)('$name has sound texts in every language', ({ folder }) => {
    expect(checkPackage({ folder, isComplete: COMPLETE })).toEqual([])
  })

  it.each(packages.filter(({ isPublished }) => !isPublished))(
    '$name has the types and the list of its catalogues as `npm run generate` writes them',
    (found) => {
      for (const [name, text] of Object.entries(createGeneratedFiles(found))) {
        const file = join(found.folder, 'generated', name)
        expect(existsSync(file) ? readFileSync(file, 'utf8') : `${name} is missing`).toBe(text)
      }
    },
  )
})
