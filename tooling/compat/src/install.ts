import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { inject } from 'vitest'
import { NPM_FLAGS } from '../../install-folder.ts'
import { runProgram } from './run-program.ts'
import { takeClientOut } from './take-client-out.ts'

const root = join(import.meta.dirname, '../../..')

/** A folder outside of the repository, with its packages installed. */
export interface Installed {
  folder: string
  remove(): Promise<void>
}

/**
 * Copies `examples/<name>` to a folder outside of the repository, and installs its packages there.
 *
 * Every package is that of the committed lockfile, but for the client: it is the packed tarball.
 */
export function installExample(name: string): Promise<Installed> {
  return installCopy(join(root, 'examples', name))
}

/** Copies a folder with a `package.json` and a lockfile, and installs its packages and the client in the copy. */
export async function installCopy(from: string): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), `latchkey-${basename(from)}-`))
  await cp(from, folder, { recursive: true, filter: isSource })
  await takeClientOut(join(folder, 'package.json'))
  await runProgram('npm', ['ci', ...NPM_FLAGS], { cwd: folder })
  await addClient(folder)
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Makes an empty folder with the client, and with these packages by exact version: `['jest@29.7.0']`. */
export async function installFresh(packages: string[] = []): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-fresh-'))
  await writeFile(join(folder, 'package.json'), '{ "private": true }')
  await addClient(folder, packages)
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Installs the tarball of the client beside what a folder has. */
export async function addClient(folder: string, packages: string[] = []): Promise<void> {
  const names = [inject('tarball'), ...packages]
  const flags = ['--no-save', '--no-package-lock', ...NPM_FLAGS]
  await runProgram('npm', ['install', ...flags, ...names], { cwd: folder })
}

function isSource(path: string): boolean {
  return !/^(node_modules|dist|\.next|\.env)$/.test(basename(path))
}
