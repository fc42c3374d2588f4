import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createGeneratedFiles } from './generator/generated-files.ts'
import { readManifest } from './packaging/manifest.ts'
import { createPublishConfig } from './packaging/publish-config.ts'

const folder = new URL('src/generated/', import.meta.url)
await rm(folder, { recursive: true, force: true })
await mkdir(folder)
for (const [name, text] of Object.entries(createGeneratedFiles()))
  await writeFile(new URL(name, folder), text)

const manifest = readManifest()
const published = { ...manifest, publishConfig: createPublishConfig(manifest) }
await writeFile(new URL('package.json', import.meta.url), `${JSON.stringify(published, null, 2)}\n`)
