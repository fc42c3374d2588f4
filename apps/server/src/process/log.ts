import pino, { type Logger } from 'pino'

/**
 * Makes the log of the process: JSON lines, or readable lines on a terminal. It is synchronous, so no last line is
 * lost.
 */
export async function createLog(options: { level: string }): Promise<Logger> {
  const settings = { level: options.level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }
  if (!process.stdout.isTTY) return pino(settings, pino.destination({ dest: 1, sync: true }))
  const { default: pretty } = await import('pino-pretty')
  return pino(settings, pretty({ colorize: true, sync: true, translateTime: 'SYS:HH:MM:ss' }))
}
