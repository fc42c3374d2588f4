import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const tooling = join(import.meta.dirname, '../..')
const isMusl = process.platform === 'linux' && !readGlibcVersion()
const NAME = `@pnpm/exe.${process.platform}-${process.arch}${isMusl ? '-musl' : ''}`
const VERSION = '1.2.3'

/** A folder with the bootstrap, whose lockfile names a small package of a registry of its own in place of pnpm. */
export interface ToolClone {
  /** Brings the tools, with these environment variables changed. Its output has the path of the tool. */
  bring(env?: NodeJS.ProcessEnv): Promise<string>
  /** The number of tarballs that the registry gave. */
  countDownloads(): number
  /** Writes a lockfile with the hash of these bytes. */
  lock(bytes: Buffer): Promise<void>
  tarball: Buffer
  folder: string
  stop(): Promise<void>
}

/** Makes a clone. The name of its folder has a space, and the package has an install script. */
export async function makeToolClone(): Promise<ToolClone> {
  const parent = await mkdtemp(join(tmpdir(), 'latchkey tools '))
  const folder = join(parent, 'a clone')
  const home = join(folder, 'tooling/toolchain/pnpm')
  await mkdir(home, { recursive: true })
  for (const file of ['toolchain.mjs', 'bring-tool.mjs', 'run-child.mjs'])
    await cp(join(tooling, file), join(folder, 'tooling', file))
  const tarball = await packTool(parent)
  const registry = await serveTarball(tarball)
  const url = `${registry.url}/-/exe-${VERSION}.tgz`
  return {
    tarball,
    folder,
    lock: (bytes) => writeLockfile(home, url, bytes),
    bring: async (env = {}) => {
      const cache = join(parent, 'cache')
      const own = {
        npm_config_cache: cache,
        npm_config_registry: registry.url,
        npm_config_fetch_retries: '0',
      }
      const script =
        "const { prepareTools } = await import('./tooling/toolchain.mjs'); console.log((await prepareTools()).pnpm)"
      const options = { cwd: folder, env: { ...process.env, ...own, ...env } }
      return (await run(process.execPath, ['--input-type=module', '-e', script], options)).stdout.trim()
    },
    countDownloads: registry.count,
    stop: async () => {
      await registry.stop()
      await rm(parent, { recursive: true, force: true })
    },
  }
}

async function packTool(parent: string): Promise<Buffer> {
  const folder = join(parent, 'package')
  await mkdir(folder)
  const manifest = { name: NAME, version: VERSION, scripts: { postinstall: 'echo ran > script-ran' } }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  await writeFile(join(folder, 'pnpm'), '#!/bin/sh\n', { mode: 0o755 })
  await run('tar', ['-czf', join(parent, 'tool.tgz'), '-C', parent, 'package'])
  return await readFile(join(parent, 'tool.tgz'))
}

async function writeLockfile(home: string, url: string, bytes: Buffer): Promise<void> {
  const root = { name: 'tool', version: '0.1.0', optionalDependencies: { [NAME]: VERSION } }
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
  const entry = { version: VERSION, resolved: url, integrity, hasInstallScript: true, optional: true }
  const packages = { '': root, [`node_modules/${NAME}`]: entry }
  const lock = { name: 'tool', version: '0.1.0', lockfileVersion: 3, requires: true, packages }
  await writeFile(join(home, 'package.json'), JSON.stringify({ ...root, private: true }))
  await writeFile(join(home, 'package-lock.json'), JSON.stringify(lock))
}

async function serveTarball(tarball: Buffer) {
  let downloads = 0
  const server = createServer((_, response) => {
    downloads += 1
    response.end(tarball)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return { url: `http://127.0.0.1:${port}`, count: () => downloads, stop }
}

function readGlibcVersion(): unknown {
  const report = process.report.getReport() as { header: { glibcVersionRuntime?: string } }
  return report.header.glibcVersionRuntime
}
