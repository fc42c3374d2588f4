import { parseArgs } from 'node:util'
import type { Size } from './figures.ts'

const FULL: Size = {
  clients: 16,
  rounds: 5,
  seconds: 1,
  warmUpSeconds: 0.7,
  starts: 3,
  accounts: { few: 1000, many: 1_000_000 },
  isProfiled: true,
}

/**
 * Reads the arguments of the run.
 *
 * @param args - `--write` for the committed page, `--rounds <n>`, `--seconds <n>`, `--accounts <n>` (0 for none)
 * @throws {Error} an argument is unknown, or a number is none
 */
export function readSize(args: string[]): { size: Size; isWritten: boolean } {
  const { values } = parseArgs({
    args,
    options: {
      write: { type: 'boolean', default: false },
      rounds: { type: 'string', default: String(FULL.rounds) },
      seconds: { type: 'string', default: String(FULL.seconds) },
      accounts: { type: 'string', default: String(FULL.accounts?.many) },
    },
  })
  const accounts = readNumber('accounts', values.accounts, 0)
  return {
    isWritten: values.write,
    size: {
      ...FULL,
      rounds: readNumber('rounds', values.rounds, 1),
      seconds: readNumber('seconds', values.seconds, 0.1),
      accounts: accounts === 0 ? null : { few: FULL.accounts?.few ?? accounts, many: accounts },
    },
  }
}

function readNumber(name: string, text: string, least: number): number {
  const number = Number(text)
  if (!Number.isFinite(number) || number < least)
    throw new Error(`--${name} must be a number from ${least} on, and not "${text}".`)
  return number
}
