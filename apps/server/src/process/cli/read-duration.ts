import { describeDuration } from '../config/readers.ts'
import { UsageError } from './usage-error.ts'

/**
 * Reads a duration on a command line. It is bounded as a setting of the server is.
 *
 * @param bounds.maxSeconds - ten years unless given
 * @returns seconds
 * @throws {UsageError} naming the option and its bounds
 */
export function readDuration(
  option: string,
  text: string,
  bounds: { minSeconds: number; maxSeconds?: number },
): number {
  const { expected, read } = describeDuration(bounds)
  const seconds = read(text)
  if (seconds === undefined) throw new UsageError(`--${option} takes ${expected}.`)
  return seconds
}
