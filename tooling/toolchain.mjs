// Brings Node 24 and pnpm to machines with an older Node and npm, and installs the packages of this repository.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bringTool } from './bring-tool.mjs'
import { runQuietly } from './run-child.mjs'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const cache = join(root, 'node_modules', '.cache', 'latchkey')

/**
 * Finds Node and pnpm, and brings a missing one from the npm registry.
 *
 * @returns the paths of both, and an environment whose PATH begins with them
 */
export async function prepareTools() {
  process.chdir(root)
  const env = cleanEnvironment()
  const folder = join(root, 'tooling', 'toolchain')
  const node = isNodeEnough() ? process.execPath : await bringTool('node', { folder, env })
  const pnpm = await bringTool('pnpm', { folder, env })
  const first = [dirname(node), dirname(pnpm), join(root, 'node_modules', '.bin')]
  return { node, pnpm, env: { ...env, PATH: [...first, env.PATH].join(delimiter) } }
}

/** Installs the packages when the lockfile or a manifest has changed since the last install. */
export async function installPackages(tools) {
  const stamp = join(cache, 'installed')
  const wanted = hashManifests()
  const isInstalled = existsSync(join(root, 'node_modules', '.modules.yaml'))
  if (isInstalled && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.error('latchkey: installing packages')
  // With CI=true pnpm replaces an old node_modules without a question. NODE_ENV=production would omit the build tools.
  const { NODE_ENV: _, ...env } = { ...tools.env, CI: 'true' }
  await runQuietly(tools.pnpm, ['install', '--frozen-lockfile'], { env, purpose: 'pnpm install' })
  mkdirSync(cache, { recursive: true })
  writeFileSync(stamp, wanted)
}

// The sources need Node's type stripping.
function isNodeEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)
}

function hashManifests() {
  const hash = createHash('sha256').update(process.platform + process.arch)
  const folders = ['apps', 'packages', 'tooling'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(parent, name)),
  )
  const manifests = ['', 'bench', ...folders.sort()].map((folder) => join(folder, 'package.json'))
  for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]) {
    if (existsSync(join(root, name))) hash.update(name).update(readFileSync(join(root, name)))
  }
  return hash.digest('hex')
}

// npm sets variables that describe itself. Another npm, pnpm or turbo would take them for its own settings.
function cleanEnvironment() {
  const noise =
    /^(INIT_CWD|npm_(lifecycle|package|command|execpath|node_execpath).*|npm_config_(user_agent|.*prefix|noproxy|node_gyp|npm_version|init_module|globalconfig))$/
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !noise.test(name)))
  return { ...env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' }
}
