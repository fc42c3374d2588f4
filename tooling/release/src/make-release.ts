import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { releaseChanges } from './changelog.ts'
import { git, requireCleanTree, requireNewTag } from './git.ts'
import { mayNameVersion, nameVersion } from './name-version.ts'
import { findNextVersion } from './next-version.ts'

/** A release that was made, or that a dry run would make. */
export interface Release {
  version: string
  tag: string
  /** What the part of the release in the CHANGELOG says. */
  notes: string
  /** The changed files. */
  files: string[]
}

/**
 * Makes a release of a clone: the version in every file that names it, the changes under the name of the release, one
 * commit and one annotated tag.
 *
 * Everything is computed and checked before the first file is written.
 *
 * @param input.wish - `major`, `minor`, `patch`, or a version
 * @param input.date - the day of the release: `2026-11-26`
 * @throws {Error} in a sentence: a changed tree, nothing unreleased, an old or unknown version, a tag that exists
 */
export function makeRelease(input: {
  folder: string
  wish: string
  date: string
  isDryRun: boolean
}): Release {
  const { folder, wish, date, isDryRun } = input
  const present = JSON.parse(read(folder, 'package.json')).version as string
  const version = findNextVersion(present, wish)
  const tag = `v${version}`
  requireCleanTree(folder)
  requireNewTag(folder, tag)
  const { text, notes } = releaseChanges(read(folder, 'CHANGELOG.md'), version, date)
  const changes = new Map([['CHANGELOG.md', text], ...listChanges(folder, present, version)])
  const files = [...changes.keys()]
  if (!isDryRun) {
    for (const [path, content] of changes) writeFileSync(join(folder, path), content)
    git(folder, 'commit', '--quiet', '--all', '--message', `chore(release): ${version}`, '--message', notes)
    git(
      folder,
      'tag',
      '--annotate',
      tag,
      '--cleanup=verbatim',
      '--message',
      `Latchkey ${version}\n\n${notes}`,
    )
  }
  return { version, tag, notes, files }
}

function listChanges(folder: string, from: string, to: string): [string, string][] {
  const paths = git(folder, 'ls-files', '-z').split('\0').filter(mayNameVersion)
  return paths.flatMap((path) => {
    const text = read(folder, path)
    const named = nameVersion(path, text, from, to)
    return named === text ? [] : [[path, named] as [string, string]]
  })
}

function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8')
}
