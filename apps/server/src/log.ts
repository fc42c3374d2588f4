import pino, { type Logger } from 'pino'

/**
 * Makes the log of the process: JSON lines, pretty on a terminal.
 *
 * Lines are written synchronously, so that the last words of a dying process are not lost.
 */
export async function createLog(options: { level: string }): Promise<Logger> {
  const settings = { level: options.level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }
  if (!process.stdout.isTTY) return pino(settings, pino.destination({ dest: 1, sync: true }))
  const { default: pretty } = await import('pino-pretty')
  return pino(settings, pretty({ colorize: true, sync: true, translateTime: 'SYS:HH:MM:ss' }))
}
