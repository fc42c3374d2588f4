import pino, { type Logger } from 'pino'

/** Makes the process's log: JSON lines, pretty on a terminal; synchronous, so that no last words are lost. */
export async function createLog(options: { level: string }): Promise<Logger> {
  const settings = { level: options.level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }
  if (!process.stdout.isTTY) return pino(settings, pino.destination({ dest: 1, sync: true }))
  const { default: pretty } = await import('pino-pretty')
  return pino(settings, pretty({ colorize: true, sync: true, translateTime: 'SYS:HH:MM:ss' }))
}
