import { text } from 'node:stream/consumers'
import { UsageError } from './usage-error.ts'

/** Gets a password from standard input or from the terminal. A command line never contains one. */
export function readPassword(from: { fromInput: boolean; orElse?: string }): Promise<string> {
  return from.fromInput ? readPasswordFromInput() : askPassword(from.orElse)
}

/** @throws {UsageError} when the first line of standard input, which is the password, is empty or missing */
async function readPasswordFromInput(): Promise<string> {
  const line = (await text(process.stdin)).split(/\r?\n/, 1)[0] ?? ''
  if (line === '') throw new UsageError('There is no password on standard input.')
  return line
}

/**
 * Asks for a password twice on the terminal, without showing it.
 *
 * @throws {UsageError} without a terminal, or when the two passwords differ
 */
async function askPassword(orElse = ''): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new UsageError(`There is no terminal to ask for a password on; use --password-stdin${orElse}.`)
  }
  const password = await askHidden('Password: ')
  if ((await askHidden('The same again: ')) !== password) throw new UsageError('The two passwords differ.')
  return password
}

const ENTER = new Set(['\r', '\n', '\u0004'])
const ERASE = new Set(['\u007f', '\b'])
const INTERRUPT = '\u0003'
const INTERRUPTED_EXIT = 130

/** Reads a line in raw mode. Typed characters are not shown, and Ctrl-C arrives as a character. */
async function askHidden(question: string): Promise<string> {
  const { stdin } = process
  process.stderr.write(question)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  try {
    return await readKeys(stdin)
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    process.stderr.write('\n')
  }
}

function readKeys(stdin: NodeJS.ReadStream): Promise<string> {
  return new Promise((resolve, reject) => {
    const typed: string[] = []
    const read = (chunk: string) => {
      for (const key of chunk) {
        if (key === INTERRUPT) {
          stdin.setRawMode(false)
          process.exit(INTERRUPTED_EXIT)
        }
        if (ENTER.has(key)) {
          stdin.off('data', read)
          return resolve(typed.join(''))
        }
        if (ERASE.has(key)) typed.pop()
        else typed.push(key)
      }
    }
    stdin.on('data', read).once('error', reject)
    stdin.resume()
  })
}
