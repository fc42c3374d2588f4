import { lstat, open, rename, unlink } from 'node:fs/promises'
import type { ImportCase } from '@latchkey/core/imports/options'
import { nameDraft, removeDeadDrafts } from '../../drafts.ts'

const OWNER_ONLY = 0o600
const BUFFERED_CHARACTERS = 64 * 1024

/**
 * Runs something that reports cases into a file, which takes the place of the file of a former run. Work that was refused
 * before its first case leaves the former file. What a killed run has left beside it is removed.
 *
 * @param path - null for no report
 * @throws with a sentence that names the file, when it cannot be written
 */
export async function withReport<Result>(
  path: string | null,
  work: (onCase: (found: ImportCase) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  if (path === null) return work(async () => {})
  const report = await openReport(path)
  let isWorthy = false
  try {
    const result = await work((found) => {
      isWorthy = true
      return report.write(found)
    })
    isWorthy = true
    return result
  } finally {
    await (isWorthy ? report.keep() : report.drop())
  }
}

async function openReport(path: string) {
  const former = await lstat(path).catch(() => null)
  if (former && !former.isFile())
    throw new Error(`The report cannot be written to ${path}, which is no file.`)
  await removeDeadDrafts(path)
  const part = nameDraft(path)
  const file = await nameFault(path, () => open(part, 'wx', OWNER_ONLY))
  let waiting = ''
  async function flush(): Promise<void> {
    const text = waiting
    waiting = ''
    if (text !== '') await file.appendFile(text)
  }
  return {
    async write({ word, oldId, email, with: what = null }: ImportCase) {
      waiting += `${JSON.stringify({ word, old_id: oldId, email, with: what })}\n`
      if (waiting.length > BUFFERED_CHARACTERS) await flush()
    },
    async keep() {
      await flush().finally(() => file.close())
      await nameFault(path, () => rename(part, path))
    },
    async drop() {
      await file.close()
      await unlink(part)
    },
  }
}

async function nameFault<Result>(path: string, use: () => Promise<Result>): Promise<Result> {
  try {
    return await use()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause'
    throw new Error(`The report cannot be written to ${path} (${code}).`)
  }
}
