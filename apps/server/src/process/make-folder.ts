import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder, and the folders above it.
 *
 * Node's `recursive` is not used, because it never returns under `/proc`. The system says there that a folder is
 * missing, and refuses to make it.
 *
 * @param mode - of the folder itself; default: only this user can read it
 * @throws the operating system's error when the folder cannot be made
 */
export async function makeFolder(path: string, mode = 0o700): Promise<void> {
  await make(path, mode)
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

/** @returns the error; an existing folder is no error */
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
