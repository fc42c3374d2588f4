import { DomainError } from '@latchkey/core'
import { SourceError } from '@latchkey/core/imports/source-error'
import pino from 'pino'
import { toWire } from '../../doors/translate.ts'
import { summarizeFault } from '../../doors/unavailable.ts'
import { VERSION } from '../../version.ts'
import { type Config, loadConfig } from '../config/index.ts'
import { Lifecycle } from '../lifecycle.ts'
import { once } from '../once.ts'
import { locateDatabase, openDomain, type StartOptions } from '../open-domain.ts'
import { describeStartFailure, type StartStep } from '../start-failure.ts'
import type { Domain } from './command.ts'
import { describeRefusal } from './describe-refusal.ts'
import { findCommand, requireCommand } from './find-command.ts'
import { HELP, helpOf } from './help.ts'
import { parseCommandLine } from './parse-command-line.ts'
import { planCommand } from './plan-command.ts'
import { UsageError } from './usage-error.ts'

/** Exit codes. 0 is done, 1 is refused or failed, 2 is not understood. */
const FAILED = 1
const MISUSED = 2

const lifecycle = new Lifecycle()
// A full disk or a reader that has gone. The command goes on, and closes what it has opened.
let isLost = false
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  isLost = true
  process.stderr.write(`The answer cannot be written (${error.code}).\n`)
})
process.exitCode = await main(process.argv.slice(2)).catch(explain)
await lifecycle.close((error) => process.stderr.write(`${summarizeFault(error)}\n`))
if (isLost) process.exitCode = FAILED
// Open handles of pg-boss or a terminal must not keep a finished command running.
process.exit()

async function main(args: string[]): Promise<number> {
  const [first] = args
  const flags = args.includes('--') ? args.slice(0, args.indexOf('--')) : args
  if (first === '--version' || first === '-v') {
    process.stdout.write(`${VERSION}\n`)
    return 0
  }
  if (args.length === 0 || first === 'help' || flags.includes('--help') || flags.includes('-h')) {
    const named = findCommand(first === 'help' ? args.slice(1) : args)
    process.stdout.write(named ? helpOf(named.command) : HELP)
    return 0
  }
  const { command, rest } = requireCommand(args)
  const given = parseCommandLine(command, rest)
  const work = await planCommand(command, given)
  // Read when a command asks for them: `doctor` also runs where they have mistakes.
  const settings = once(readSettings)
  const { text, data, failure } = await work({
    get config() {
      return settings()
    },
    open: () => reach(settings(), openForCommand),
    onDatabase: (act) => reach(settings(), async (options) => act(await locateDatabase(options))),
  })
  process.stdout.write(given.options.json ? `${JSON.stringify(toWire(data), null, 2)}\n` : `${text}\n`)
  if (failure === undefined) return 0
  process.stderr.write(`${failure}\n`)
  return FAILED
}

/** Reads the settings as the server does. */
function readSettings(): Config {
  try {
    const { config, warnings } = loadConfig()
    for (const warning of warnings) process.stderr.write(`${warning}\n`)
    return config
  } catch (error) {
    throw new Error(describeStartFailure(error, null, null))
  }
}

/** Opens the domain as the server does. The command opens no port, and its mails are sent by the server. */
async function openForCommand(options: StartOptions): Promise<Domain> {
  const database = await locateDatabase(options)
  const core = await openDomain({ ...options, tellsOldTokens: false }, database)
  const ctx = core.context(
    { ip: null, userAgent: `latchkey-cli/${VERSION}`, acceptLanguage: null, proof: null },
    options.log,
  )
  return { ctx, mail: options.config.mail.mode, database }
}

/** Works on the database of the server. A failure is explained as that of a start. */
async function reach<T>(config: Config, work: (options: StartOptions) => Promise<T>): Promise<T> {
  let step: StartStep | null = null
  const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }))
  const onStep = (next: StartStep) => {
    step = next
  }
  try {
    return await work({ config, log, lifecycle, onStep })
  } catch (error) {
    throw new Error(describeStartFailure(error, step, config))
  }
}

function explain(error: unknown): number {
  if (error instanceof UsageError) {
    const command = error.command ? `${error.command} ` : ''
    process.stderr.write(`${error.message}\nSee: latchkey ${command}--help\n`)
    return MISUSED
  }
  process.stderr.write(`${describeFailure(error)}\n`)
  return FAILED
}

function describeFailure(error: unknown): string {
  if (error instanceof DomainError) return describeRefusal(error)
  // The cause is the driver's. The sentence of the source says it too, and names the setting.
  if (error instanceof SourceError) return error.message
  return summarizeFault(error)
}
