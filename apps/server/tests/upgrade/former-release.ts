import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeOnce } from '@latchkey/testkit'
import type { ServerBundle } from '../server-bundle.ts'
import named from './former-release.json' with { type: 'json' }

const run = promisify(execFile)
const root = join(import.meta.dirname, '../../../..')
/**
 * The builds of former releases, by commit. They outlive a run, because a commit never changes. Node strips no types below
 * `node_modules`.
 */
const CACHE = join(root, '.former-release')
const OUTPUT_BYTES = 64 * 1024 * 1024

/** A build of the release before this one. */
export interface FormerRelease extends ServerBundle {
  /** The version or the commit, for the names of tests. */
  name: string
  /** The folder of its migrations. */
  migrations: string
}

/**
 * Builds the former release from the history of this repository, with the packages of its own lockfile.
 *
 * The former release is that of the newest tag `v*` before this commit. Without such a tag it is the commit that
 * `former-release.json` names.
 *
 * @throws when this folder is no clone, or the clone lacks that commit and cannot fetch it
 */
export async function buildFormerRelease(): Promise<FormerRelease> {
  const { name, commit } = await findFormerRelease()
  const folder = join(CACHE, commit)
  // One test file of a run builds, and the others wait.
  await makeOnce(`former-release-${commit}`, async () => {
    if (!existsSync(join(folder, 'built'))) await build(commit, folder)
  })
  const dist = join(folder, 'apps/server/dist')
  return {
    name,
    main: join(dist, 'main.js'),
    cli: join(dist, 'cli.js'),
    migrations: join(dist, 'migrations'),
  }
}

async function findFormerRelease(): Promise<{ name: string; commit: string }> {
  await requireHistory()
  // The parent, because this commit may be the one that has the tag of the new release.
  const tag = await git('describe', '--tags', '--match', 'v*', '--abbrev=0', 'HEAD^').catch(() => '')
  const commit = tag ? await git('rev-list', '-n', '1', tag) : named.commit
  await requireCommit(commit)
  return { name: tag || `${named.version} of ${commit.slice(0, 8)}`, commit }
}

/** The sources of an archive may lie in a folder of another repository: its history is not that of this code. */
async function requireHistory(): Promise<void> {
  const prefix = await git('rev-parse', '--show-prefix').catch(() => null)
  if (prefix === '') return
  throw new Error(
    'The former release is built from the history of git, and this folder has none. Run this test in a clone.',
  )
}

async function requireCommit(commit: string): Promise<void> {
  const has = () => git('cat-file', '-e', `${commit}^{commit}`)
  try {
    await has().catch(() => git('fetch', '--quiet', '--depth', '1', 'origin', commit).then(has))
  } catch (cause) {
    throw new Error(
      `The former release is built from the commit ${commit}, which this clone lacks. Run: git fetch --unshallow --tags`,
      { cause },
    )
  }
}

async function build(commit: string, folder: string): Promise<void> {
  await keepOnly(commit)
  const work = `${folder}.${process.pid}`
  await mkdir(work, { recursive: true })
  const archive = join(work, 'source.tar')
  await git('archive', '--output', archive, commit)
  await run('tar', ['-xf', archive, '-C', work])
  await rm(archive)
  const options = {
    cwd: work,
    env: { ...process.env, CI: 'true', NODE_ENV: '' },
    maxBuffer: OUTPUT_BYTES,
  }
  const words = ['install', '--frozen-lockfile', '--prefer-offline', '--filter', '@latchkey/server...']
  await run('pnpm', words, options)
  await run(process.execPath, ['apps/server/build.ts'], options)
  await writeFile(join(work, 'built'), '')
  await rm(folder, { recursive: true, force: true })
  await rename(work, folder)
}

/** Removes the builds of other commits and of runs that were cut off. */
async function keepOnly(commit: string): Promise<void> {
  await mkdir(CACHE, { recursive: true })
  for (const name of await readdir(CACHE)) {
    if (name !== commit) await rm(join(CACHE, name), { recursive: true, force: true })
  }
}

async function git(...words: string[]): Promise<string> {
  return (await run('git', words, { cwd: root, maxBuffer: OUTPUT_BYTES })).stdout.trim()
}
