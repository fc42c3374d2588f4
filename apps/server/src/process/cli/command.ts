import type { Context, DatabaseOptions, MailMode } from '@latchkey/core'

/** The parts of a command line: options by name, and words that are not options. */
export interface Given {
  options: Record<string, string | boolean | undefined>
  words: string[]
  /** A password from a prompt or from standard input. It never comes from the command line. */
  password?: string
}

export interface Run {
  ctx: Context
  given: Given
  /** How the server sends mail; with `off` it sends none. */
  mail: MailMode
  print: (line: string) => void
}

/** What a command gets that works on a database whose tables may not exist yet. */
export interface BareRun {
  database: DatabaseOptions
  given: Given
  print: (line: string) => void
}

interface CommandWords {
  /** The words of the command: `user create`. */
  name: string
  summary: string
  /** The text after the name, as the help shows it. */
  usage: string
  /** Options by name. An option of type `string` takes a value. */
  options: Record<string, { type: 'string' | 'boolean'; help: string }>
  /** The number of words that are not options. */
  words: { min: number; max: number }
  /** Asks for what the command needs, before the database is opened. */
  prepare?: (given: Given) => Promise<Partial<Given>>
}

/** A command on the running domain, or one on a database whose tables may not exist yet. */
export type Command = CommandWords &
  ({ run: (run: Run) => Promise<void> } | { runBare: (run: BareRun) => Promise<void> })
