import { parseArgs } from 'node:util'
import type { Command, Given } from './command.ts'
import { UsageError } from './usage-error.ts'

/** @throws {UsageError} for an unknown option, an option without its value, and too few or too many words */
export function parseCommandLine(command: Command, rest: string[]): Given {
  const { values, positionals } = parse(command, rest)
  const { min, max } = command.words
  if (positionals.length < min || positionals.length > max) {
    throw new UsageError(`Usage: latchkey ${command.name} ${command.usage}`)
  }
  return { options: values, words: positionals }
}

function parse({ options }: Command, args: string[]) {
  const types = Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }]))
  try {
    return parseArgs({ args, options: types, allowPositionals: true, strict: true })
  } catch (error) {
    // Node's sentences name the option and never quote a value.
    throw new UsageError(error instanceof Error ? error.message.replace(/\. To specify.*$/s, '.') : '')
  }
}
