import type { Command } from './command.ts'
import { KEY_COMMANDS } from './commands/keys.ts'
import { MAIL_COMMANDS } from './commands/mail.ts'
import { MIGRATE } from './commands/migrate.ts'
import { CREATE_USER } from './commands/user-create.ts'
import { USER_COMMANDS } from './commands/users.ts'

export type { Command } from './command.ts'

export const COMMANDS: Command[] = [CREATE_USER, ...USER_COMMANDS, ...KEY_COMMANDS, ...MAIL_COMMANDS, MIGRATE]

/** Finds the command at the beginning of a line, and the words after it. Null: there is no such command. */
export function findCommand(words: string[]): { command: Command; rest: string[] } | null {
  const command = COMMANDS.find(({ name }) => words.slice(0, countWords(name)).join(' ') === name)
  return command ? { command, rest: words.slice(countWords(command.name)) } : null
}

function countWords(name: string): number {
  return name.split(' ').length
}
