import { createInterface } from 'node:readline/promises'
import { showControls } from './table.ts'
import { UsageError } from './usage-error.ts'

/** @throws {UsageError} when there is no terminal to ask on, and the command line does not say yes */
export function requireTerminalOr(yes: boolean, what: string): void {
  if (yes || process.stdin.isTTY) return
  throw new UsageError(`${what} asks first, and there is no terminal to ask on; add --yes.`)
}

/** Asks on the terminal. Only the whole word `yes` is a yes. */
export async function confirm(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await lines.question(`${showControls(question)} Type yes to go on: `)
    return answer.trim().toLowerCase() === 'yes'
  } finally {
    lines.close()
  }
}
