import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A copy of the repository that a run may break. */
export interface Scratch {
  folder: string
  write(file: string, text: string): void
  remove(): void
}

/** Copies the files of the working tree. The installed packages of others are linked, and those of ours are the copies. */
export function makeScratch(root: string): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-mutants-'))
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  })
  for (const file of listed
    .toString()
    .split('\0')
    .filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    copyFileSync(join(root, file), join(folder, file))
  }
  const workspaces = ['', ...globSync('{apps,packages,tooling}/*', { cwd: root }), 'bench']
  for (const workspace of workspaces) linkPackages(join(root, workspace), join(folder, workspace))
  return {
    folder,
    write: (file, text) => writeFileSync(join(folder, file), text),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Repeats the links of a `node_modules`. They are relative, so those to our packages lead to the copies. */
function linkPackages(from: string, to: string): void {
  const source = join(from, 'node_modules')
  if (!existsSync(source)) return
  const target = join(to, 'node_modules')
  mkdirSync(target, { recursive: true })
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [old, copy] = [join(source, entry.name), join(target, entry.name)]
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(old), copy)
    else if (entry.name === '.pnpm' || entry.name === '.bin') symlinkSync(old, copy)
    else if (entry.isDirectory() && entry.name.startsWith('@')) linkScope(old, copy)
  }
}

function linkScope(from: string, to: string): void {
  mkdirSync(to)
  for (const name of readdirSync(from)) symlinkSync(readlinkSync(join(from, name)), join(to, name))
}
