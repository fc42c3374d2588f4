// Brings Node 24 and pnpm to machines with an older Node and npm, and installs the packages of this repository.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runQuietly } from './run-child.mjs'

const NODE = 'node@24.21.0'
const PNPM = 'pnpm@12.21.0'

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
  const file = join(cache, 'tools.json')
  const key = [NODE, PNPM, process.version, process.arch].join(' ')
  let tools = readJson(file)
  if (tools?.key !== key || !existsSync(tools.node) || !existsSync(tools.pnpm)) {
    tools = { key, ...(await fetchTools(env)) }
    mkdirSync(cache, { recursive: true })
    writeFileSync(file, JSON.stringify(tools))
  }
  const first = [dirname(tools.node), dirname(tools.pnpm), join(root, 'node_modules', '.bin')]
  return { ...tools, env: { ...env, PATH: [...first, env.PATH].join(delimiter) } }
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

async function fetchTools(env) {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const isEnough = major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)
  const packages = isEnough ? [PNPM] : [NODE, PNPM]
  console.error(`latchkey: bringing ${packages.join(' and ')} from the npm registry (once)`)
  // npx only fetches. As a parent process it would swallow signals and slow down each start.
  const args = ['--yes', '--ignore-scripts=false', '--loglevel=error', '--update-notifier=false']
  for (const name of packages) args.push('-p', name)
  args.push('-c', 'command -v node; command -v pnpm')
  const output = await runQuietly('npx', args, { env, purpose: 'npx' })
  const [node, pnpm] = output.trim().split('\n').slice(-2)
  // For pnpm keep the folder of the link, which has the names of both. Node's own folder has only node.
  return { node: isEnough ? process.execPath : realpathSync(node), pnpm }
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

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
