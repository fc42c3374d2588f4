import { type FileHandle, lstat, open, unlink } from 'node:fs/promises'
import type { ImportCase } from '@latchkey/core/imports/options'

/** A file with one JSON line about each case. */
export interface Report {
  write(found: ImportCase): Promise<void>
  close(): Promise<void>
}

const OWNER_ONLY = 0o600
const BUFFERED_CHARACTERS = 64 * 1024

/**
 * Opens the file of a report, in place of the one of a former run.
 *
 * @throws with a sentence that names the file, when it cannot be written
 */
export async function openReport(path: string): Promise<Report> {
  const file = await openAnew(path)
  let waiting = ''
  async function flush(): Promise<void> {
    const text = waiting
    waiting = ''
    if (text !== '') await file.appendFile(text)
  }
  return {
    write: async ({ word, oldId, email, with: what = null }) => {
      waiting += `${JSON.stringify({ word, old_id: oldId, email, with: what })}\n`
      if (waiting.length > BUFFERED_CHARACTERS) await flush()
    },
    close: async () => {
      await flush().finally(() => file.close())
    },
  }
}

async function openAnew(path: string): Promise<FileHandle> {
  try {
    const former = await lstat(path).catch(() => null)
    if (former?.isFile()) await unlink(path)
    return await open(path, 'wx', OWNER_ONLY)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause'
    throw new Error(`The report cannot be written to ${path} (${code}).`)
  }
}
