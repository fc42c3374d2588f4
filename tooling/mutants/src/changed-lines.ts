import { execFileSync } from 'node:child_process'

/** Answers whether a line of a file differs from the main branch. */
export type IsChanged = (file: string, line: number) => boolean

const MAIN_BRANCHES = ['origin/main', 'main']

/**
 * Compares the working tree with the commit where this branch left the main branch.
 *
 * @returns null when the main branch is unknown, as in a shallow clone
 */
export function readChangedLines(root: string): IsChanged | null {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'pipe' }).toString()
  const base = MAIN_BRANCHES.map((branch) => tryTo(() => git('merge-base', 'HEAD', branch).trim())).find(
    Boolean,
  )
  if (!base) return null
  const lines = parseDiff(git('diff', '--unified=0', '--no-color', '--no-ext-diff', base))
  const added = new Set(git('ls-files', '--others', '--exclude-standard').split('\n'))
  return (file, line) => added.has(file) || (lines.get(file)?.has(line) ?? false)
}

/** Reads the lines that a diff without context adds or changes, per file. */
export function parseDiff(diff: string): ReadonlyMap<string, ReadonlySet<number>> {
  const files = new Map<string, Set<number>>()
  let lines = new Set<number>()
  for (const row of diff.split('\n')) {
    const [, file] = /^\+\+\+ b\/(.*)$/.exec(row) ?? []
    if (file !== undefined) {
      lines = new Set()
      files.set(file, lines)
    }
    const [, start, count = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(row) ?? []
    // A hunk that only removes lines counts for the line before and the line after it.
    const length = count === '0' ? 2 : Number(count)
    if (start !== undefined) for (let at = 0; at < length; at += 1) lines.add(Number(start) + at)
  }
  return files
}

function tryTo(read: () => string): string | null {
  try {
    return read()
  } catch {
    return null
  }
}
