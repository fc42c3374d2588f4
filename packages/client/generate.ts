import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createGeneratedFiles } from './generator/generated-files.ts'

const folder = new URL('src/generated/', import.meta.url)
await rm(folder, { recursive: true, force: true })
await mkdir(folder)
for (const [name, text] of Object.entries(createGeneratedFiles()))
  await writeFile(new URL(name, folder), text)
