// Every root script of package.json runs this file: `node tooling/bootstrap.mjs <task> [arguments]`.
// It is plain JavaScript, because it must run on any Node from 20 on, before any package is installed.
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { auditPackages } from './audit.mjs'
import { runChild, runQuietly } from './run-child.mjs'
import { installPackages, prepareTools, root } from './toolchain.mjs'
import { findTurbo } from './turbo.mjs'

const [task = '', ...args] = process.argv.slice(2)

/** The tasks. Each returns the exit code of the program it ran. */
const tasks = {
  start: runServer,
  latchkey: runCommand,
  dev: (tools) => runChild(findTurbo(), ['dev', ...args], tools.env),
  build: (tools) => runChild(findTurbo(), ['run', 'build', ...args], tools.env),
  pack: (tools) => runChild(findTurbo(), ['run', 'pack', ...args], tools.env),
  // Builds the container image from the sources, on a machine with Buildah and without an engine.
  image: (tools) => runChild(tools.node, ['tooling/image/src/main.ts', ...args], tools.env),
  release: (tools) => runChild(tools.node, ['tooling/release/src/main.ts', ...args], tools.env),
  typecheck: (tools) => runChild(findTurbo(), ['run', 'typecheck', ...args], tools.env),
  test: (tools) => runBin(tools, 'vitest/vitest.mjs', ['run', ...args]),
  // Runs the client in runtimes, bundlers and frameworks of other projects, which it installs from the npm registry.
  compat: (tools) =>
    runBin(tools, 'vitest/vitest.mjs', ['run', '--config', 'tooling/compat/vitest.config.ts', ...args]),
  // Installs the generator of the site first, which no other task needs.
  docs: (tools) => runChild(tools.node, ['tooling/site/src/main.ts', ...args], tools.env),
  // Photographs every screen, page and mail. It needs Chromium.
  shots: (tools) => runChild(tools.node, ['tooling/shots/src/main.ts', ...args], tools.env),
  // Prints the plan of every statement that the server sends, in a database of a million users.
  plans: (tools) => runChild(tools.node, ['apps/server/tests/plans/print-plans.ts', ...args], tools.env),
  // Compares the server with the model of sessions, step by step, for longer than the tests do.
  model: (tools) => runChild(tools.node, ['tooling/model/src/main.ts', ...args], tools.env),
  lint: (tools) => runBin(tools, '@biomejs/biome/bin/biome', ['check', '.', ...args]),
  format: (tools) => runBin(tools, '@biomejs/biome/bin/biome', ['check', '--write', '.', ...args]),
  generate,
  migration: makeMigration,
  outdated: listOutdated,
  update: (tools) => runChild(tools.pnpm, ['install', '--no-frozen-lockfile', ...args], tools.env),
  audit: (tools) => auditPackages(tools),
  bench: runBench,
  faults: runFaults,
  mutants: (tools) => runChild(tools.node, ['tooling/mutants/src/main.ts', ...args], tools.env),
  verify: async (tools) =>
    (await tasks.lint(tools)) ||
    (await drawHouses(tools)) ||
    (await auditPackages(tools)) ||
    (await tasks.typecheck(tools)) ||
    (await tasks.test(tools)) ||
    runChild(tools.node, ['tooling/mutants/src/main.ts', '--changed'], tools.env),
}

if (!Object.hasOwn(tasks, task)) {
  console.error(`latchkey: there is no task "${task}"; choose one of ${Object.keys(tasks).join(', ')}`)
  process.exit(1)
}
try {
  const tools = await prepareTools()
  // The update writes the lockfile that every other task installs from.
  if (task !== 'update') await installPackages(tools)
  process.exitCode = await tasks[task](tools)
} catch (error) {
  console.error(`latchkey: ${error.message}`)
  process.exitCode = 1
}

/** Prints the figures of every house: floors, circles, sizes, and the hand-written files per feature. */
function drawHouses(tools) {
  return runChild(tools.node, ['tooling/house/src/main.ts'], tools.env)
}

async function buildServer(tools) {
  // The build must not depend on the mode of the server.
  const { NODE_ENV: _, ...env } = tools.env
  await runQuietly(findTurbo(), ['run', 'build', '--filter=@latchkey/server'], { env, purpose: 'the build' })
}

/** Writes the OpenAPI document, the clients made from it, the types of our own client, and the page of all operations. */
async function generate(tools) {
  const scripts = [
    'packages/languages/generate.ts',
    'apps/server/generate.ts',
    'tooling/generated-clients/generate.ts',
    'packages/client/generate.ts',
    'tooling/guides/generate.ts',
  ]
  for (const script of scripts) {
    const code = await runChild(tools.node, [script], tools.env)
    if (code !== 0) return code
  }
  return 0
}

/** Writes the SQL that brings the database from the last migration to the present schema. */
function makeMigration(tools) {
  const [name, ...rest] = args
  if (!/^\w+$/.test(name ?? '') || rest.length > 0) {
    throw new Error('say in one word what changes: npm run migration -- add_nickname')
  }
  return runChild(tools.pnpm, ['--filter', '@latchkey/core', 'migrations', '--name', name], tools.env)
}

/** Lists the packages of which the registry has a newer version. That is no failure, but pnpm answers it with 1. */
async function listOutdated(tools) {
  await runChild(tools.pnpm, ['outdated', '--recursive', ...args], tools.env)
  return 0
}

async function runBench(tools) {
  await buildServer(tools)
  return runChild(tools.node, ['bench/src/main.ts', ...args], tools.env)
}

/** Servers of the build, people who use them, and what can go wrong between them. */
async function runFaults(tools) {
  await buildServer(tools)
  return runChild(tools.node, ['tooling/faults/src/main.ts', ...args], tools.env)
}

async function runServer(tools) {
  await buildServer(tools)
  const threads = process.env.UV_THREADPOOL_SIZE ?? String(availableParallelism() + 4)
  return runChild(
    tools.node,
    ['--import', './tooling/follow-parent.mjs', 'apps/server/dist/main.js', ...args],
    { ...tools.env, UV_THREADPOOL_SIZE: threads },
    { follows: true },
  )
}

async function runCommand(tools) {
  await buildServer(tools)
  return runChild(tools.node, ['apps/server/dist/cli.js', ...args], tools.env)
}

function runBin(tools, script, scriptArgs) {
  return runChild(tools.node, [join(root, 'node_modules', script), ...scriptArgs], tools.env)
}
