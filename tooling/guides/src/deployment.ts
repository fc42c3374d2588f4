import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { bundleServer } from '../../../apps/server/tests/server-bundle.ts'
import { readBlocks } from './extract.ts'
import { noteRun } from './runs.ts'

/** The files of a page for operators. */
export interface Snippets {
  /** A folder for the files of a test. */
  folder: string
  /**
   * Reads a file of the page, with the addresses and names of the test in place of those of the page.
   *
   * @throws when a text to replace is not on the page
   */
  read(file: string, replace?: Record<string, string>): string
  /** Writes a file into the folder, and returns its path. */
  write(name: string, content: string): Promise<string>
  close(): Promise<void>
}

export async function readSnippets(name: string): Promise<Snippets> {
  const blocks = await readBlocks(name)
  const folder = await mkdtemp(join(tmpdir(), `latchkey-${name.replaceAll('/', '-')}-`))
  await chmod(folder, 0o755)
  return {
    folder,
    read: (file, replace = {}) => {
      const block = blocks.find((one) => one.file === file)
      if (!block) throw new Error(`The page has no ${file}.`)
      noteRun(block.id)
      const absent = Object.keys(replace).find((from) => !block.code.includes(from))
      if (absent !== undefined) throw new Error(`${file} has no ${absent}.`)
      return replaceOnce(block.code, replace)
    },
    write: async (name, content) => {
      const path = join(folder, name)
      await writeFile(path, content)
      return path
    },
    close: () => rm(folder, { recursive: true }),
  }
}

/** Replaces texts in one pass, so that `:25` is not found in the port 2512 that has replaced another text. */
function replaceOnce(code: string, replace: Record<string, string>): string {
  const sought = Object.keys(replace).toSorted((a, b) => b.length - a.length)
  if (sought.length === 0) return code
  const pattern = new RegExp(
    sought.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|'),
    'g',
  )
  return code.replace(pattern, (found) => replace[found] ?? found)
}

/** Reads a file of variables as systemd does. */
export function readVariables(text: string): Record<string, string> {
  return parseEnv(text) as Record<string, string>
}

/** What a program has printed, and its exit code. */
export interface Done {
  code: number | null
  output: string
}

/** Runs the command line of the server with these settings alone. */
export async function latchkey(words: string[], env: Record<string, string>): Promise<Done> {
  return run([process.execPath, (await bundleServer()).cli, ...words], {
    PATH: process.env.PATH ?? '',
    ...env,
  })
}

/** Runs a program to its end. */
export async function run(command: string[], env: NodeJS.ProcessEnv = process.env): Promise<Done> {
  const [program = '', ...words] = command
  const child = spawn(program, words, { env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}

/** Starts a program that serves until it is stopped. PgBouncer refuses to run as root. */
export function serve(program: string, words: string[]): { stop(): Promise<void> } {
  const child = spawn(program, words, { stdio: 'ignore' })
  const exit = once(child, 'exit')
  return {
    stop: async () => {
      child.kill('SIGKILL')
      await exit
    },
  }
}

/** Gives files to the user `nobody`, when this is root. */
export async function giveToNobody(...paths: string[]): Promise<string[]> {
  if (process.getuid?.() !== 0) return []
  const { output } = await run(['id', '-u', 'nobody'])
  for (const path of paths) await chown(path, Number(output), Number(output))
  return ['-u', 'nobody']
}
