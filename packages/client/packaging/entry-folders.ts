// Runs as `prepack` and, with the word `remove`, as `postpack`: the folders exist in the tarball only.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listEntries, PACKAGE, readManifest } from './manifest.ts'
import { createFolderManifest } from './publish-config.ts'

const isRemoval = process.argv[2] === 'remove'

for (const entry of listEntries(readManifest())) {
  if (entry.name === '.') continue
  const folder = join(PACKAGE, entry.name)
  if (isRemoval) {
    rmSync(folder, { recursive: true, force: true })
    continue
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify(createFolderManifest(entry), null, 2))
}
