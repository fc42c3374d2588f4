import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Runs a program to its end.
 *
 * @returns its standard output
 * @throws {Error} it ended with another code than 0; the message has all that it printed
 */
export async function run(
  program: string,
  words: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const child = spawn(program, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let [standard, all] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    standard += chunk
    all += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    all += chunk
  })
  const [code, signal] = await once(child, 'close')
  if (code !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${code ?? signal}:\n${all}`)
  return standard
}
