import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { stripVTControlCharacters } from 'node:util'

/** Where and with which settings a program runs. */
export interface Surroundings {
  cwd?: string
  /** Settings beside those of the test process. */
  env?: Record<string, string>
}

/** A program that goes on running until it is stopped. */
export interface StartedProgram {
  /** What its ready pattern matched. */
  ready: RegExpExecArray
  output(): string
  stop(): Promise<void>
}

/**
 * Runs a program to its end.
 *
 * @returns its standard output
 * @throws {Error} it ended with another exit code than 0; the message has all that it printed
 */
export async function runProgram(
  command: string,
  args: string[],
  surroundings: Surroundings = {},
): Promise<string> {
  const child = start(command, args, surroundings)
  const output = collect(child)
  const [code, signal] = await once(child, 'close')
  if (code !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${code ?? signal}:\n${output.all()}`)
  return output.standard()
}

/**
 * Starts a program and waits until it prints that it is ready.
 *
 * @param options.ready - the pattern that its output matches when it is ready: `/http:\S+/`
 * @throws {Error} it ended before; the message has all that it printed
 */
export async function startProgram(
  command: string,
  args: string[],
  options: Surroundings & { ready: RegExp },
): Promise<StartedProgram> {
  const child = start(command, args, options)
  const output = collect(child)
  const exit = once(child, 'close')
  const ready = await new Promise<RegExpExecArray>((resolve, reject) => {
    const look = () => {
      const match = options.ready.exec(stripVTControlCharacters(output.all()))
      if (match) resolve(match)
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    exit.then(() => reject(new Error(`${command} ${args.join(' ')} ended:\n${output.all()}`)), reject)
  })
  const stop = async () => {
    // The group: package managers and frameworks start the server as a grandchild.
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid ?? 0), 'SIGTERM')
    await exit
  }
  return { ready, output: output.all, stop }
}

function start(command: string, args: string[], { cwd, env }: Surroundings): ChildProcess {
  // The examples are built and run as by their users, who do not run tests.
  const { NODE_ENV: _, VITEST: __, CI: ___, ...rest } = process.env
  return spawn(command, args, {
    cwd,
    env: { ...rest, NO_COLOR: '1', NEXT_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
}

function collect(child: ChildProcess) {
  let standard = ''
  let all = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk) => {
    standard += chunk
    all += chunk
  })
  child.stderr?.setEncoding('utf8').on('data', (chunk) => {
    all += chunk
  })
  return { standard: () => standard, all: () => all }
}
