import { spawnSync } from 'node:child_process'
import { statfs, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A disk of its own for the data of the run, which can be filled without harm to the machine. */
export interface SmallDisk {
  fill(): Promise<void>
  /** Gives the space back. */
  clear(): Promise<void>
  unmount(): Promise<void>
}

const SIZE = '1g'

/** Mounts a disk in memory at a folder. Null without the right to mount, which takes root. */
export async function tryMountDisk(folder: string): Promise<SmallDisk | null> {
  const mount = ['-t', 'tmpfs', '-o', `size=${SIZE},mode=0755`, 'tmpfs', folder]
  if (process.getuid?.() !== 0 || spawnSync('mount', mount).status !== 0) return null
  const ballast = join(folder, 'ballast')
  return {
    fill: async () => {
      const { bavail, bsize } = await statfs(folder)
      spawnSync('fallocate', ['-l', String(bavail * bsize), ballast])
      // What is left of the last block is filled too.
      await writeFile(join(folder, 'rest'), Buffer.alloc(bsize)).catch(() => undefined)
    },
    clear: async () => {
      for (const name of ['ballast', 'rest']) await unlink(join(folder, name)).catch(() => undefined)
    },
    unmount: async () => {
      spawnSync('umount', ['-l', folder])
    },
  }
}
