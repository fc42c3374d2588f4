import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { run } from './run.ts'

/** The packages of Debian that `gcr.io/distroless/cc-debian12` has, and that the server can notice. */
const LIBRARIES = [
  'base-files',
  'netbase',
  'tzdata',
  'ca-certificates',
  'libc6',
  'libgcc-s1',
  'gcc-12-base',
  'libstdc++6',
]
/** What the commands of the Dockerfile need beside Node and npm: a shell and its programs. */
const SHELL = ['dash', 'coreutils', 'libacl1', 'libattr1', 'libgmp10', 'libpcre2-8-0', 'libselinux1']
const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt'

/** Folders with the contents of images. */
export interface StandIns {
  /** For the image of Node: Debian's shell, this machine's npm, and the Node of the toolchain. */
  node: string
  /** For the distroless image: libraries without any program. */
  base: string
  remove(): void
}

/**
 * Makes the roots of both base images from packages of Debian, for machines without a registry of images.
 *
 * A stand-in has fewer files than the image that it stands for. So what is missing in the image fails here too.
 */
export async function makeStandIns(): Promise<StandIns> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-roots-'))
  const [node, base] = [join(folder, 'node'), join(folder, 'base')]
  await unpack(base, LIBRARIES)
  // Some of these packages have programs, which the distroless image leaves out.
  for (const name of ['bin', 'sbin', 'usr/bin', 'usr/sbin'])
    rmSync(join(base, name), { recursive: true, force: true })
  await unpack(node, [...LIBRARIES, ...SHELL])
  await addNode(node)
  writeFileSync(
    join(base, 'etc/passwd'),
    'root:x:0:0::/root:/sbin/nologin\nnonroot:x:65532:65532::/home/nonroot:/sbin/nologin\n',
  )
  return { node, base, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

async function unpack(root: string, packages: string[]): Promise<void> {
  const debs = `${root}-debs`
  for (const path of [debs, ...['tmp', 'proc', 'dev', 'etc/ssl/certs'].map((name) => join(root, name))])
    mkdirSync(path, { recursive: true })
  await run('apt-get', ['download', '-q', ...packages], { cwd: debs })
  for (const deb of globSync(join(debs, '*.deb'))) await run('dpkg-deb', ['--extract', deb, root])
  // A package installs these at its configuration. The authorities are those of the machine, which may have its own.
  cpSync(AUTHORITIES, join(root, AUTHORITIES))
}

async function addNode(root: string): Promise<void> {
  const local = join(root, 'usr/local')
  const modules = join(local, 'lib/node_modules')
  for (const path of ['bin', 'etc', 'lib/node_modules']) mkdirSync(join(local, path), { recursive: true })
  cpSync(process.execPath, join(local, 'bin/node'))
  cpSync(join(dirname(process.execPath), '../LICENSE'), join(local, 'LICENSE'))
  // `npm` is a link to npm/bin/npm-cli.js.
  const npm = join(realpathSync((await run('sh', ['-c', 'command -v npm'])).trim()), '../..')
  cpSync(npm, join(modules, 'npm'), { recursive: true, dereference: true })
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin/npm'))
  writeFileSync(join(local, 'etc/npmrc'), `cafile=${AUTHORITIES}\n`)
}
