import { CLOCK_WARNING_SECONDS } from '@latchkey/core'
import { type Check, good, mend } from './check.ts'

/** Compares the clock of this machine with that of the database. Tokens carry the one, rows the other. */
export const CLOCK: Check = {
  name: 'clock',
  examine: async ({ config, client, now }) => {
    const { clockToleranceSeconds: tolerance } = config()
    const sql = await client()
    const before = now()
    const [row] = await sql.unsafe('select extract(epoch from clock_timestamp())::float as seconds')
    const seconds = Number(row?.seconds) - (before + now()) / 2 / 1000
    const told = `the clock of the database is ${describeShift(seconds)}`
    if (Math.abs(seconds) <= CLOCK_WARNING_SECONDS) return [good(told)]
    const isRefused = tolerance !== null && Math.abs(seconds) > tolerance
    const result = isRefused ? ', and /readyz is 503 beyond CLOCK_TOLERANCE' : ''
    return [mend(`${told}${result}; synchronise both machines (NTP)`)]
  },
}

/** Says how another clock stands to ours. */
export function describeShift(seconds: number): string {
  const rounded = Math.round(Math.abs(seconds) * 10) / 10
  if (rounded === 0) return 'equal to that of this machine'
  return `${rounded} s ${seconds > 0 ? 'ahead of' : 'behind'} that of this machine`
}
