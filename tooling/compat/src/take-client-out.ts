import { readFile, writeFile } from 'node:fs/promises'

/**
 * Takes the client out of the dependencies of a manifest.
 *
 * A lockfile cannot have the hash of a tarball that is packed anew for each run.
 */
export async function takeClientOut(manifestPath: string): Promise<void> {
  const manifest = JSON.parse(await readFile(manifestPath, 'utf8'))
  delete manifest.dependencies?.['@latchkey/client']
  await writeFile(manifestPath, JSON.stringify(manifest, null, 2))
}
