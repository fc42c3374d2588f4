import type { Logger } from 'pino'
import { describeFault } from '../doors/unavailable.ts'
import { type Config, loadConfig } from './config/index.ts'
import { findMailWarnings } from './config/mail.ts'
import { findOpenSettings } from './config/open-settings.ts'
import { Lifecycle, StartInterrupted } from './lifecycle.ts'
import { createLog } from './log.ts'
import { start } from './start.ts'
import { describeStartFailure, type StartStep } from './start-failure.ts'
import { onStopSignal } from './stop-signals.ts'
import { describeReadiness, describeWelcome } from './welcome.ts'

const lifecycle = new Lifecycle()
let config: Config | null = null
let log: Logger | null = null
let step: StartStep | null = null

onStopSignal(() => void stop(0))
process.on('uncaughtException', (error) => {
  log?.fatal({ fault: describeFault(error) }, 'the server fails')
  void stop(1)
})

try {
  const loaded = loadConfig()
  config = loaded.config
  log = await createLog({ level: config.logLevel })
  const warnings = [...loaded.warnings, ...findOpenSettings(config), ...findMailWarnings(config)]
  for (const warning of warnings) log.warn(warning)
  const onStep = (next: StartStep) => {
    step = next
  }
  const port = await start({ config, log, lifecycle, onStep })
  // A program reads the log of a production, line by line.
  if (config.production && !process.stdout.isTTY) {
    const { address, message } = describeReadiness(config, port)
    log.info({ event: 'ready', address, publicUrl: config.publicUrl }, message)
  } else process.stdout.write(describeWelcome(config, port))
} catch (error) {
  if (!(error instanceof StartInterrupted)) {
    process.stderr.write(`Latchkey cannot start: ${describeStartFailure(error, step, config)}\n`)
    await stop(1)
  }
}

async function stop(exitCode: number): Promise<void> {
  if (exitCode === 0) log?.info('the server stops')
  const onError = (error: unknown) => log?.error({ fault: describeFault(error) }, 'a part did not close')
  await lifecycle.close(onError, { isGentle: exitCode === 0 })
  process.exit(exitCode)
}
