import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { bundleServer } from './server-bundle.ts'

const { main: MAIN } = await bundleServer()

/** A server in a separate process. */
export interface Run {
  process: ChildProcess
  output(): string
  /** Waits for the end of the process. */
  exit: Promise<number | null>
}

/**
 * Starts the server as an operator does, on the given port or a free one, and without a portal: a build of it, which a
 * machine may have or not, would lead mailed links elsewhere.
 *
 * @param program - the entry point; that of the build that all tests share unless given
 */
export function runServer(env: Record<string, string>, program = MAIN): Run {
  const settings = { SECRET_KEY: 'x'.repeat(40), PORT: '0', PORTAL_DIR: import.meta.dirname, ...env }
  const child = spawn(process.execPath, [program], { env: { PATH: process.env.PATH, ...settings } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  const exit = once(child, 'close').then(([code]) => code as number | null)
  return { process: child, output: () => output, exit }
}

/** Waits until a server prints its address, and returns it. */
export async function waitForAddress({ output, process: child }: Run): Promise<string> {
  for (;;) {
    const [, url] = /ready at (\S+)/.exec(output()) ?? []
    if (url) return url
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(output())
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
