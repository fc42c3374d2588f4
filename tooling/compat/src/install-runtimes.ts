import { join } from 'node:path'
import { installFolder } from '../../install-folder.ts'

const runtimes = join(import.meta.dirname, '../runtimes')

/**
 * Installs the packages of `runtimes/<name>` where they are, when their lockfile has changed since the last time.
 *
 * One test file uses one of these folders, so no two installs of a folder run at once.
 *
 * @returns the folder
 */
export async function installRuntimes(name: string): Promise<string> {
  const folder = join(runtimes, name)
  await installFolder(folder)
  return folder
}
