import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** A runtime of JavaScript that runs a file. */
export interface Engine {
  name: string
  command: string
  /** The words before the path of the file. */
  args: string[]
}

/** Lists the engines that are installed, with the Node that runs the tests. */
export function listEngines(folder: string): Engine[] {
  const modules = join(folder, 'node_modules')
  const nodes = readdirSync(modules)
    .filter((name) => name.startsWith('node-'))
    .map((name) => ({ name, command: join(modules, name, 'bin/node'), args: [] }))
  const deno = join(modules, findPackage(modules, '@deno'), 'deno')
  return [
    { name: `node-${process.versions.node.split('.')[0]}`, command: process.execPath, args: [] },
    ...nodes,
    // Without these two Deno downloads packages, and asks a person for each permission.
    { name: 'deno', command: deno, args: ['run', '--node-modules-dir=manual', '--no-prompt', '--allow-net'] },
    { name: 'bun', command: join(modules, findPackage(modules, '@oven'), 'bin/bun'), args: ['run'] },
  ]
}

/** Finds the program of workerd. */
export function findWorkerd(folder: string): string {
  const modules = join(folder, 'node_modules')
  return join(modules, findPackage(modules, '@cloudflare'), 'bin/workerd')
}

/** Finds the package that holds a program for this machine. npm installs no other of its siblings. */
function findPackage(modules: string, scope: string): string {
  const [name] = readdirSync(join(modules, scope))
  if (name === undefined) throw new Error(`${scope} has no package for this machine`)
  return join(scope, name)
}
