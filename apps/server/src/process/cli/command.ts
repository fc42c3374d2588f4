import type { Context, DatabaseOptions, MailMode } from '@latchkey/core'
import type { Config } from '../config/index.ts'

/** The parts of a command line: options by name, and words that are not options. */
export interface Given {
  options: Record<string, string | boolean | undefined>
  words: string[]
}

/** The domain that the server of the same settings has. */
export interface Domain {
  ctx: Context
  /** How the server sends mail; with `off` it sends none. */
  mail: MailMode
  /** How to reach its database, for work that needs a connection of its own. */
  database: DatabaseOptions
}

/** What a command gets. It opens the domain only if it needs it, so that the others work without a database. */
export interface Run {
  config: Config
  open: () => Promise<Domain>
  /** Works on the database, whose tables may not exist yet. */
  onDatabase: <T>(work: (database: DatabaseOptions) => Promise<T>) => Promise<T>
}

/** What a command has to say. */
export interface Answer {
  /** For a person at a terminal. */
  text: string
  /** The same for a program, for `--json`. Names are in camelCase here and in snake_case in the output. */
  data: object
  /** Why the command counts as failed although it has an answer. It is printed after the answer. */
  failure?: string
}

export type Work = (run: Run) => Promise<Answer>

export interface Command {
  /** The words of the command: `user create`. */
  name: string
  summary: string
  /** The text after the name, as the help shows it. */
  usage: string
  /** Options by name. An option of type `string` takes a value. Every command has `--json` too. */
  options: Record<string, { type: 'string' | 'boolean'; help: string }>
  /** The number of words that are not options. */
  words: { min: number; max: number }
  /**
   * Checks the command line and asks for what is missing, before anything is opened. So a mistake of the operator is
   * answered as that mistake, also where no database answers.
   *
   * @throws {UsageError} in a sentence about the mistake
   * @throws {DomainError} `invalid` - a value that the API would refuse for its form
   */
  plan: (given: Given) => Work | Promise<Work>
}

/** Makes the work of a command that needs the domain. */
export function onDomain(work: (domain: Domain) => Promise<Answer>): Work {
  return async ({ open }) => work(await open())
}
