import { distance } from 'fastest-levenshtein'
import type { Command } from './command.ts'
import { COMMANDS } from './commands.ts'
import { UsageError } from './usage-error.ts'

/** Two names are near when at most so many letters differ. */
const NEAR_LETTERS = 3

/** Finds the command at the beginning of a line, and the words after it. Null: there is no such command. */
export function findCommand(words: string[]): { command: Command; rest: string[] } | null {
  for (const command of COMMANDS) {
    const name = command.name.split(' ')
    if (name.every((word, index) => words[index] === word)) {
      return { command, rest: words.slice(name.length) }
    }
  }
  return null
}

/** @throws {UsageError} with the commands that are near to the words, or all of the same group */
export function requireCommand(words: string[]): { command: Command; rest: string[] } {
  const found = findCommand(words)
  if (found) return found
  throw new UsageError(`There is no such command. ${suggest(words)}`)
}

function suggest([first = '', second = '']: string[]): string {
  const names = COMMANDS.map(({ name }) => name)
  const ofGroup = names.filter((name) => name.startsWith(`${first} `))
  const [commands, are] = ofGroup.length === 1 ? ['command', 'is'] : ['commands', 'are']
  const group = `The ${commands} of ${first} ${are} ${join(ofGroup, 'and')}.`
  // The name of a group is no misspelt command, however near another one is.
  if (ofGroup.length > 0 && second === '') return group
  const typed = `${first} ${second}`.trim()
  const near = names.filter((name) => distance(typed, name) <= NEAR_LETTERS)
  if (near.length > 0) return `Did you mean ${join(near)}?`
  if (ofGroup.length > 0) return group
  return `Commands begin with ${join([...new Set(names.map((name) => name.split(' ')[0] ?? ''))])}.`
}

/** Joins words as a sentence does: `a, b or c`. */
function join(words: string[], last = 'or'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}
