import { DomainError } from '@latchkey/core'
import pino from 'pino'
import { describeFault } from '../../doors/unavailable.ts'
import { VERSION } from '../../version.ts'
import { type Config, loadConfig } from '../config/index.ts'
import { Lifecycle } from '../lifecycle.ts'
import { locateDatabase, openDomain, type StartOptions } from '../open-domain.ts'
import { describeStartFailure, type StartStep } from '../start-failure.ts'
import { type Command, findCommand } from './commands.ts'
import { describeRefusal } from './describe-refusal.ts'
import { HELP, helpOf } from './help.ts'
import { parseCommandLine } from './parse-command-line.ts'
import { UsageError } from './usage-error.ts'

/** Exit codes. 0 is done, 1 is refused or failed, 2 is not understood. */
const FAILED = 1
const MISUSED = 2

const lifecycle = new Lifecycle()
process.exitCode = await main(process.argv.slice(2)).catch(explain)
await lifecycle.close((error) => process.stderr.write(`${String(error)}\n`))
// Open handles of pg-boss or a terminal must not keep a finished command running.
process.exit()

async function main(words: string[]): Promise<number> {
  const isHelp = words.includes('--help') || words.includes('-h') || words[0] === 'help'
  const found = findCommand(words.filter((word) => word !== 'help'))
  if (isHelp || words.length === 0) {
    process.stdout.write(found ? helpOf(found.command) : HELP)
    return 0
  }
  if (!found) throw new UsageError('There is no such command.')
  await run(found.command, found.rest)
  return 0
}

async function run(command: Command, rest: string[]): Promise<void> {
  const given = parseCommandLine(command, rest)
  const prepared = await command.prepare?.(given)
  const print = (line: string) => process.stdout.write(`${line}\n`)
  if ('runBare' in command) {
    return open(async (options) => command.runBare({ database: await locateDatabase(options), given, print }))
  }
  const { ctx, mail } = await open(async (options) => {
    const core = await openDomain(options)
    const client = { ip: null, userAgent: `latchkey-cli/${VERSION}` }
    return { ctx: core.context(client, options.log), mail: options.config.mail.mode }
  })
  await command.run({ ctx, mail, given: { ...given, ...prepared }, print })
}

/** Opens what a command needs, as the server does. No port is opened, and the server sends the mails of the command. */
async function open<T>(work: (options: StartOptions) => Promise<T>): Promise<T> {
  let config: Config | null = null
  let step: StartStep | null = null
  const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }))
  try {
    const loaded = loadConfig()
    config = loaded.config
    for (const warning of loaded.warnings) process.stderr.write(`${warning}\n`)
    const onStep = (next: StartStep) => {
      step = next
    }
    return await work({ config, log, lifecycle, onStep })
  } catch (error) {
    throw new Error(describeStartFailure(error, step, config))
  }
}

function explain(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\nSee: latchkey --help\n`)
    return MISUSED
  }
  // The first cause is the shortest, and it has no values of a failed statement.
  const text = error instanceof DomainError ? describeRefusal(error) : describeFault(error).at(-1)?.message
  process.stderr.write(`${text}\n`)
  return FAILED
}
