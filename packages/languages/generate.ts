import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findPackages } from './check/find-packages.ts'
import { createGeneratedFiles } from './generator/generated-files.ts'

// The client has a generator of its own: it is published without this package.
for (const found of findPackages().filter(({ isPublished }) => !isPublished)) {
  const folder = join(found.folder, 'generated')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  for (const [name, text] of Object.entries(createGeneratedFiles(found)))
    await writeFile(join(folder, name), text)
}
