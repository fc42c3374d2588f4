import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { listImages, readDockerfile, takePackage } from './dockerfile.ts'
import { run } from './run.ts'
import { makeStandIns } from './stand-ins.ts'

const root = join(import.meta.dirname, '../../..')
const NAME = 'localhost/latchkey:built'

/** An image, as the engine that runs it reads it. */
export interface BuiltImage {
  /** The folder with its files. Containers of a test see it, so no test changes it. */
  root: string
  config: {
    User: string
    Env: string[]
    Entrypoint: string[]
    Cmd: string[]
    WorkingDir: string
    Labels: Record<string, string>
    Healthcheck?: { Test: string[] }
  }
  remove(): Promise<void>
}

/**
 * Builds the Dockerfile by Buildah, on stand-ins of its base images.
 *
 * @param tarball - a packed server in place of the first stage; null builds everything from the sources
 */
export async function buildImage(tarball: string | null): Promise<BuiltImage> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-image-'))
  const storage = [
    '--storage-driver',
    'vfs',
    '--root',
    join(folder, 'store'),
    '--runroot',
    join(folder, 'run'),
  ]
  const buildah = (...words: string[]) => run('buildah', [...storage, ...words])
  const remove = async () => {
    await buildah('rm', '--all').catch(() => undefined)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const text = readFileSync(join(root, 'Dockerfile'), 'utf8')
    await addBaseImages(buildah, listImages(readDockerfile(text)))
    const [file, context] = tarball ? takeTarball(folder, text, tarball) : [join(root, 'Dockerfile'), root]
    const flags = ['--isolation', 'chroot', '--pull-never', '--format', 'docker', '--tag', NAME]
    await buildah('build', ...flags, '--file', file, context)
    const container = (await buildah('from', '--pull-never', NAME)).trim()
    const mounted = (await buildah('mount', container)).trim()
    const { Docker } = JSON.parse(await buildah('inspect', '--type', 'image', NAME))
    return { root: mounted, config: Docker.config, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

type Buildah = (...words: string[]) => Promise<string>

async function addBaseImages(buildah: Buildah, [node = '', base = '']: string[]): Promise<void> {
  const standIns = await makeStandIns()
  const folders = [
    [node, standIns.node],
    [base, standIns.base],
  ] as const
  for (const [name, folder] of folders) {
    const container = (await buildah('from', 'scratch')).trim()
    await buildah('copy', '--quiet', container, folder, '/')
    await buildah('config', '--env', 'PATH=/usr/local/bin:/usr/bin:/bin', container)
    await buildah('commit', '--quiet', '--rm', container, name)
  }
  standIns.remove()
}

function takeTarball(folder: string, text: string, tarball: string): [string, string] {
  const context = join(folder, 'context')
  mkdirSync(context)
  cpSync(tarball, join(context, basename(tarball)))
  const file = join(folder, 'Dockerfile')
  writeFileSync(file, takePackage(readDockerfile(text), basename(tarball)))
  return [file, context]
}
