import type { Context, MailMode } from '@latchkey/core'

/** What a command line gave: options by name, and the words that are no options. */
export interface Given {
  options: Record<string, string | boolean | undefined>
  words: string[]
  /** A password that was asked for, never one of the command line. */
  password?: string
}

export interface Run {
  ctx: Context
  given: Given
  /** Where the server's mail goes; with `off`, nowhere. */
  mail: MailMode
  print: (line: string) => void
}

export interface Command {
  /** Its words: `user create`. */
  name: string
  summary: string
  /** What follows its name, as the help shows it. */
  usage: string
  /** Options by name; a text takes a value. */
  options: Record<string, { type: 'string' | 'boolean'; help: string }>
  /** How many words that are no options it takes. */
  words: { min: number; max: number }
  /** Asks for what must be known before anything is opened. */
  prepare?: (given: Given) => Promise<Partial<Given>>
  run: (run: Run) => Promise<void>
}
