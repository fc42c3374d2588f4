import { chown, open, realpath, rename, stat, unlink } from 'node:fs/promises'
import { nameDraft, removeDeadDrafts } from './drafts.ts'

/** The bits of the rights, without those that tell the kind of the file. */
const RIGHTS = 0o777

/**
 * Replaces the content of a file in one moment: a reader gets the former content or the new one. Rights and owner stay.
 * What a killed process has left beside it is removed: it may hold a secret.
 *
 * @throws with a sentence that names the file, when this user or the kind of the mount does not allow it
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  try {
    await replace(await realpath(path), text)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause'
    throw new Error(
      `${path} cannot be replaced (${code}). Run this where the file and its folder may be written, or follow the steps by hand (the page Operations, A new SECRET_KEY).`,
    )
  }
}

async function replace(path: string, text: string): Promise<void> {
  const { mode, uid, gid } = await stat(path)
  await removeDeadDrafts(path)
  const draft = nameDraft(path)
  const file = await open(draft, 'wx', mode & RIGHTS)
  try {
    await file.writeFile(text)
    await file.sync()
    await file.close()
    const made = await stat(draft)
    if (made.uid !== uid || made.gid !== gid) await chown(draft, uid, gid)
    await rename(draft, path)
  } catch (error) {
    await unlink(draft)
    throw error
  }
}
