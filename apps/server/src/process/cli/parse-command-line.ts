import { parseArgs } from 'node:util'
import { spellCount } from '@latchkey/core'
import type { Command, Given } from './command.ts'
import { UsageError } from './usage-error.ts'

/** The option of every command. */
export const JSON_OPTION: Command['options'][string] = { type: 'boolean', help: 'Print JSON, for programs.' }

/**
 * No sentence quotes a word that is too many: it may be a password that was typed as an argument.
 *
 * @throws {UsageError} for an unknown option, an option without its value or with two, and too few or too many words
 */
export function parseCommandLine(command: Command, rest: string[]): Given {
  const { values, positionals, tokens } = parse(command, rest)
  const twice = findTwice(tokens)
  if (twice) throw new UsageError(`${command.name} takes --${twice} once.`, command.name)
  const { min, max } = command.words
  const count = positionals.length
  if (count < min) throw new UsageError(`${command.name} needs ${command.usage}.`, command.name)
  if (count > max) {
    const takes = max === 0 ? 'options only' : `at most ${countWords(max)}`
    throw new UsageError(`${command.name} takes ${takes}, not ${countWords(count)}.`, command.name)
  }
  return { options: values, words: positionals }
}

/** Of two values of an option one would be lost, and nobody would learn which. */
function findTwice(tokens: ReturnType<typeof parse>['tokens']): string | null {
  const named = tokens.flatMap((token) =>
    token.kind === 'option' && token.value !== undefined ? [token.name] : [],
  )
  return named.find((name, index) => named.indexOf(name) !== index) ?? null
}

function countWords(count: number): string {
  return spellCount(count, 'word', 'words')
}

function parse({ name, options }: Command, args: string[]) {
  const known = { ...options, json: JSON_OPTION }
  const types = Object.fromEntries(Object.entries(known).map(([option, { type }]) => [option, { type }]))
  try {
    return parseArgs({ args, options: types, allowPositionals: true, strict: true, tokens: true })
  } catch (error) {
    const choices = Object.keys(known).map((option) => `--${option}`)
    throw new UsageError(`${describe(error)} ${name} has ${choices.join(', ')}.`, name)
  }
}

/** The first sentence of Node. It names the option and never quotes a value. */
function describe(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  const [first = ''] = message.split(/\.\s|\n/, 1)
  return `${first.replace(/\.$/, '')}.`
}
