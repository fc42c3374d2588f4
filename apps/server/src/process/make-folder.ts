import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder of this user alone, and the folders above it.
 *
 * Not by Node's own `recursive`: it never returns where the system calls a folder missing that it will not let anyone
 * make, as under `/proc`.
 *
 * @throws the operating system's error when it cannot be made
 */
export async function makeFolder(path: string): Promise<void> {
  await make(path, 0o700)
}

async function make(path: string, mode?: number): Promise<void> {
  const first = await tryMaking(path, mode)
  if (first === null) return
  const parent = dirname(path)
  if (codeOf(first) !== 'ENOENT' || parent === path) throw first
  await make(parent)
  const second = await tryMaking(path, mode)
  if (second !== null) throw second
}

/** @returns what went wrong; a folder that is there is none */
async function tryMaking(path: string, mode?: number): Promise<unknown> {
  try {
    await mkdir(path, { mode })
    return null
  } catch (error) {
    return codeOf(error) === 'EEXIST' ? null : error
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
