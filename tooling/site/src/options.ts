import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from './side-bar.ts'

const TASKS = ['serve', 'build', 'help'] as const

/** What the command line asks for. */
export interface Options {
  task: (typeof TASKS)[number]
  folder: string
  /** The path on the host, with a slash at both ends. */
  base: string
  port: number
}

export const USAGE = `npm run docs               builds the site, serves it on this machine, and builds it again after a change
npm run docs -- build      writes the site into dist/docs, for any web server

  --base PATH     the path that it will be published at, such as /latchkey/
  --out FOLDER    another folder for the files
  --port PORT     another port to serve at than 4173`

/**
 * Reads the words of the command line.
 *
 * @throws {Error} a word is not understood
 */
export function readOptions(words: string[]): Options {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      base: { type: 'string', default: '/' },
      out: { type: 'string', default: join(ROOT, 'dist/docs') },
      port: { type: 'string', default: '4173' },
      help: { type: 'boolean', default: false },
    },
  })
  const [word = values.help ? 'help' : 'serve', ...rest] = positionals
  const task = TASKS.find((known) => known === word)
  if (task === undefined || rest.length > 0) throw new Error(`"${positionals.join(' ')}" is not understood`)
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`"${values.port}" is no port`)
  // A served site is at the root of its own address.
  const base = task === 'build' ? `/${values.base}/`.replace(/\/+/g, '/') : '/'
  return { task, folder: resolve(values.out), base, port }
}
