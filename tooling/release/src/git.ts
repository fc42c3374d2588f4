import { execFileSync } from 'node:child_process'

/** Runs git in a folder, and returns what it prints. */
export function git(folder: string, ...words: string[]): string {
  return execFileSync('git', words, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 }).trim()
}

/** @throws {Error} with the changed files, because a commit of the release must have nothing else */
export function requireCleanTree(folder: string): void {
  const changed = git(folder, 'status', '--porcelain')
  if (changed !== '') throw new Error(`the tree has changes that are not committed:\n${changed}`)
}

/** @throws {Error} the tag exists: that release was made */
export function requireNewTag(folder: string, tag: string): void {
  if (git(folder, 'tag', '--list', tag) !== '') throw new Error(`the tag ${tag} exists`)
}
