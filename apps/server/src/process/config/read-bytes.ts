import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'

/**
 * Reads a file that a setting names.
 *
 * @returns the content, or the end of a sentence that begins with the path: `which is a folder`
 */
export function readBytes(path: string, maxBytes: number): { bytes: Buffer } | { fault: string } {
  try {
    // Without this flag the start would wait for ever on a named pipe that nobody writes to.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const status = fstatSync(file)
      if (status.isDirectory()) return { fault: 'which is a folder' }
      if (!status.isFile()) return { fault: 'which is no regular file' }
      if (status.size > maxBytes) return { fault: `which is larger than ${maxBytes / 1024} KiB` }
      return { bytes: readFileSync(file) }
    } finally {
      closeSync(file)
    }
  } catch (error) {
    return { fault: describeCode(error) }
  }
}

function describeCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT' || code === 'ENOTDIR') return `which does not exist (${code})`
  if (code === 'EACCES' || code === 'EPERM') return `which this user may not read (${code})`
  return `which cannot be read (${code || 'unknown cause'})`
}
